//go:build goexperiment.goroutineleakprofile

package drive

import (
	"io"
	"time"

	"example.com/corpus/goroutineleak/crosspkg"
	unclosed "example.com/corpus/unclosedchan/crosspkg"
	counted "example.com/corpus/waitgroup/crosspkg"
)

func init() {
	type quote = func(func() (int, error), time.Duration) (int, error)
	twin[quote](crosspkg.Quote, crosspkg.QuoteFixed, func(f quote) {
		f(func() (int, error) { return 1, nil }, time.Second)
		f(func() (int, error) { time.Sleep(time.Minute); return 1, nil }, time.Second)
	})

	type trace = func(io.Writer, []string, func(string) error) error
	twin[trace](crosspkg.Trace, crosspkg.TraceFixed, func(f trace) {
		f(io.Discard, []string{"a", "b"}, execute)
		f(io.Discard, []string{"a", "bad"}, execute)
	})

	type quickest = func([]string, func(string) error) string
	twin[quickest](crosspkg.Quickest, crosspkg.QuickestFixed, func(f quickest) {
		f([]string{"a", "b"}, execute)
	})

	twin(crosspkg.Head, crosspkg.HeadFixed, func(f func([]string) []string) {
		f([]string{"a", "b"})
		f([]string{"a", "", "b"})
	})

	type print = func(io.Writer, []string, int) error
	twin[print](unclosed.Print, unclosed.PrintFixed, func(f print) {
		f(io.Discard, []string{"a", "b"}, 3)
		f(io.Discard, []string{"a", "long line"}, 3)
	})

	twin(counted.Visit, counted.VisitFixed, func(f func([]string, func(string))) {
		f([]string{"a", "b"}, ignore)
	})
}
