package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
)

// textFormat is what "go vet" prints, with the check's name at the end of the
// line: a finding, and below it, indented, its related places.
var textFormat = outputFormat{name: "text", write: writeText}

func writeText(w io.Writer, r *report) error {
	out := bufio.NewWriter(w)
	c := colours(w)
	src := new(sources)
	for _, f := range r.findings {
		fmt.Fprintf(out, "%s %s %s\n", c.bold(r.relative(f.pos).String()+":"), f.message, c.faint("["+f.check+"]"))
		src.show(out, f.pos, f.end, r.context)
		for _, s := range f.related {
			fmt.Fprintf(out, "%s: \t%s\n", r.relative(s.pos), s.message)
			src.show(out, s.pos, s.end, r.context)
		}
	}
	return out.Flush()
}

// palette writes escape sequences, or none.
type palette bool

func (p palette) bold(s string) string  { return p.wrap("1", s) }
func (p palette) faint(s string) string { return p.wrap("36", s) }

func (p palette) wrap(code, s string) string {
	if !p {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// colours decides whether to use colour: on a terminal only, and not against
// the user's will (no-color.org).
func colours(w io.Writer) palette {
	return palette(isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb")
}

// isTerminal reports whether w is a terminal; a character device is taken for one.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
