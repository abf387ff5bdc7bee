//go:build goexperiment.goroutineleakprofile

package drive

import (
	"bufio"
	"io"
	"strings"

	"example.com/corpus/unclosedchan/fanin"
	"example.com/corpus/unclosedchan/worker"
)

func init() {
	type tally = func([]string, int) map[string]int
	twin[tally](fanin.Tally, fanin.TallyFixed, func(f tally) {
		f([]string{"a b\nc", "d"}, 3)
	})

	type export = func(io.Writer, []fanin.Record) error
	twin[export](fanin.Export, fanin.ExportFixed, func(f export) {
		f(io.Discard, []fanin.Record{{ID: 1}, {ID: 2}})
		f(io.Discard, []fanin.Record{{ID: 1}, {ID: 0}})
	})

	type pipeline = func(io.Writer, ...int)
	twin[pipeline](fanin.Pipeline, fanin.PipelineFixed, func(f pipeline) {
		f(io.Discard, 1, 2, 3)
	})

	type resize = func([]*fanin.Image, int) []error
	twin[resize](fanin.Resize, fanin.ResizeFixed, func(f resize) {
		f([]*fanin.Image{{W: 4, H: 4}, {W: 1, H: 1}}, 2)
	})

	type sum = func([][]byte) (uint32, error)
	twin[sum](fanin.Sum, fanin.SumFixed, func(f sum) {
		f([][]byte{{1}, {}, {2}})
	})

	type logger interface {
		Printf(string, ...any)
		Close() error
	}
	pair("unclosedchan/worker.Logger",
		func() logger { return worker.NewLogger(io.Discard) },
		func() logger { return worker.NewLoggerFixed(io.Discard) },
		func(f func() logger) {
			l := f()
			l.Printf("%d", 1)
			l.Close()
		})

	type audit = func(io.Writer, func(*worker.Trail) error) error
	twin[audit](worker.Audit, worker.AuditFixed, func(f audit) {
		f(io.Discard, func(t *worker.Trail) error { t.Note("login"); return nil })
		f(io.Discard, func(t *worker.Trail) error { t.Note("login"); return errBroken })
	})

	twin(worker.Echo, worker.EchoFixed, func(f func(...any) int) { f(1, 2, 3) })

	type encode = func([]worker.Frame, int, func(worker.Frame) (worker.Frame, error)) ([]worker.Frame, error)
	twin[encode](worker.Encode, worker.EncodeFixed, func(f encode) {
		same := func(f worker.Frame) (worker.Frame, error) { return f, nil }
		f([]worker.Frame{{1}, {2}}, 2, same)
		f([]worker.Frame{{1}, nil}, 2, same)
	})

	type scan = func(map[string]io.Reader, string, func(string, int))
	twin[scan](worker.Grep, worker.GrepFixed, func(f scan) {
		f(map[string]io.Reader{"a": lines("go\nstop")}, "go", func(string, int) {})
		f(map[string]io.Reader{"a": lines(strings.Repeat("go", bufio.MaxScanTokenSize))}, "go", func(string, int) {})
	})
}
