// Package storetest is the suite that every database under the store passes: Run. It draws a small country from a seed
// (Draw), loads it (Load) and compares what the store answers with what plain loops over the drawn slices answer.
package storetest
