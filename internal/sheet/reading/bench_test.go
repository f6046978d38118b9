package reading_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"jieli/internal/sheet/reading"
)

// bigFile is a workbook of 30,000 rows of 36 cells, about as many as the cadres of a province.
func bigFile(b *testing.B) []byte {
	b.Helper()
	book := excelize.NewFile()
	stream, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	values := make([]any, 36)
	for row := 1; row <= 30_000; row++ {
		for column := range values {
			values[column] = fmt.Sprintf("值%d", row*column%5000)
		}
		if err := stream.SetRow(fmt.Sprintf("A%d", row), values); err != nil {
			b.Fatal(err)
		}
	}
	if err := stream.Flush(); err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

func BenchmarkOpenAndRead(b *testing.B) {
	file := bigFile(b)
	b.ReportMetric(float64(len(file))/1e6, "MB")
	b.ReportAllocs()
	for b.Loop() {
		sheet := table(b, file)
		count := 0
		if err := sheet.Each(b.Context(), func(r reading.Row) error { count += len(r.Cells); return nil }); err != nil || count != 36*30_000 {
			b.Fatalf("%d cells: %v", count, err)
		}
	}
}

// BenchmarkRowIterator is the same by the writer's own row iterator, for the comparison in the decision record.
func BenchmarkRowIterator(b *testing.B) {
	file := bigFile(b)
	b.ReportAllocs()
	for b.Loop() {
		book, err := excelize.OpenReader(bytes.NewReader(file))
		if err != nil {
			b.Fatal(err)
		}
		rows, err := book.Rows("Sheet1")
		if err != nil {
			b.Fatal(err)
		}
		count := 0
		for rows.Next() {
			cells, err := rows.Columns()
			if err != nil {
				b.Fatal(err)
			}
			count += len(cells)
		}
		if count != 36*30_000 {
			b.Fatalf("%d cells", count)
		}
	}
}
