package main

import (
	"fmt"
	"os"
	"strings"

	"jieli/internal/domain"
)

// bar shows the steps of long work on standard error: one line that fills up in a terminal, a line for each step
// elsewhere.
type bar struct {
	env
	terminal, open bool
}

func (e env) newBar() *bar {
	file, ok := e.err.(*os.File)
	if !ok {
		return &bar{env: e}
	}
	info, err := file.Stat()
	return &bar{env: e, terminal: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

// show tells that a step begins; key is its message.
func (b *bar) show(key string, done, total int) {
	line := b.text.Text("demo.bar", domain.Params{
		"bar": strings.Repeat("█", done) + strings.Repeat("░", max(0, total-done)), "done": done + 1, "total": total, "step": b.text.Text(key, nil),
	})
	if !b.terminal {
		fmt.Fprintln(b.err, line)
		return
	}
	b.open = true
	fmt.Fprint(b.err, "\r\x1b[K", line)
}

// end clears the line in a terminal.
func (b *bar) end() {
	if b.open {
		fmt.Fprint(b.err, "\r\x1b[K")
	}
}
