//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"io"
	"iter"
	"slices"
	"time"

	"example.com/corpus/goroutineleak/deadctx"
	"example.com/corpus/goroutineleak/iterpull"
	"example.com/corpus/goroutineleak/nilchan"
	"example.com/corpus/goroutineleak/onesignal"
	"example.com/corpus/goroutineleak/pipe"
	"example.com/corpus/goroutineleak/zero"
)

func (server) Serve() error { return nil }
func (server) Shutdown()    {}

// refuse is a bucket that reads a little and gives up.
type refuse struct{}

func (refuse) Put(_ string, r io.Reader) error {
	r.Read(make([]byte, 4))
	return errBroken
}

func init() {
	type mirror = func([]string) []string
	twin[mirror](onesignal.Mirror, onesignal.MirrorFixed, func(f mirror) { f([]string{"a", "b"}) })

	type race = func(map[string]func()) string
	twin[race](onesignal.Race, onesignal.RaceFixed, func(f race) {
		f(map[string]func(){"a": func() {}, "b": func() {}})
	})

	type explore = func([]string, func(int, string)) int
	twin[explore](onesignal.Explore, onesignal.ExploreFixed, func(f explore) {
		f([]string{"north", "south"}, func(int, string) {})
	})

	type supervise = func(func() error, ...func()) error
	twin[supervise](onesignal.Supervise, onesignal.SuperviseFixed, func(f supervise) {
		f(func() error { return nil }, func() {}, func() {})
	})

	type poll = func(f func() error, limit time.Duration) error
	pair[poll]("goroutineleak/nilchan.Poller.Run",
		func(f func() error, d time.Duration) error { return nilchan.NewPoller(time.Second).Run(f, d) },
		func(f func() error, d time.Duration) error { return nilchan.NewPollerFixed(time.Second).Run(f, d) },
		func(f poll) { f(func() error { return errBroken }, time.Minute) })

	twin(nilchan.Split, nilchan.SplitFixed, func(f func([]int, int) []int) { f([]int{1, 2, 3}, 2) })

	twin(nilchan.RunAll, nilchan.RunAllFixed, func(f func([]nilchan.Step)) {
		f([]nilchan.Step{
			{Name: "a", Run: nop},
			{Name: "b", After: []string{"a"}, Run: nop},
			{Name: "c", After: []string{"x"}, Run: nop},
		})
	})

	type sleepers = func(time.Duration, <-chan struct{}, ...func())
	twin[sleepers](nilchan.Sleepers, nilchan.SleepersFixed, func(f sleepers) { f(time.Second, nil, func() {}) })

	twin(deadctx.RunServer, deadctx.RunServerFixed, func(f func(deadctx.Server) error) { f(server("a")) })

	type trace = func(string, func(context.Context) error, func(string)) error
	twin[trace](deadctx.Trace, deadctx.TraceFixed, func(f trace) {
		f("a", func(context.Context) error { return nil }, func(string) {})
	})

	type publish = func(context.Context, []string, func(string) error)
	twin[publish](deadctx.Publish, deadctx.PublishFixed, func(f publish) {
		f(within(time.Second), []string{"a", "b"}, execute)
	})

	type use = func(func() error, func(func())) (int, error)
	twin[use](deadctx.Use, deadctx.UseFixed, func(f use) {
		f(func() error { return nil }, func(lost func()) { lost() })
	})

	type ticks = func(int, func(int), func())
	twin[ticks](deadctx.Poll, deadctx.PollFixed, func(f ticks) { f(3, func(int) {}, func() {}) })

	type zip = func(iter.Seq[int], iter.Seq[string], func(int, string)) int
	pair[zip]("goroutineleak/iterpull.Zip", iterpull.Zip[int, string], iterpull.ZipFixed[int, string], func(f zip) {
		f(slices.Values([]int{1}), slices.Values([]string{"a", "b", "c"}), func(int, string) {})
	})

	type header = func(iter.Seq2[int, string]) (string, string, error)
	twin[header](iterpull.Header, iterpull.HeaderFixed, func(f header) {
		f(slices.All([]string{"Title", "Author", "Text"}))
		f(slices.All([]string{"", "Author"}))
	})

	type merge = func(a, b iter.Seq[int], n int) []int
	twin[merge](iterpull.Merge, iterpull.MergeFixed, func(f merge) {
		f(slices.Values([]int{1}), slices.Values([]int{2, 3, 4}), 2)
	})

	type archive = func(pipe.Bucket, string, io.Reader) error
	twin[archive](pipe.Archive, pipe.ArchiveFixed, func(f archive) { f(refuse{}, "a", lines("text")) })

	type firstLine = func(func(io.Writer), func(string) bool) (string, bool)
	twin[firstLine](pipe.First, pipe.FirstFixed, func(f firstLine) {
		f(func(w io.Writer) { w.Write(make([]byte, 10000)); io.WriteString(w, "\n") }, func(string) bool { return false })
		f(func(w io.Writer) { io.WriteString(w, "a\n"); w.Write(make([]byte, 10000)) }, func(string) bool { return true })
	})

	type count = func(func(io.Writer) error) (int64, error)
	twin[count](pipe.Count, pipe.CountFixed, func(f count) {
		f(func(w io.Writer) error { _, err := io.WriteString(w, "a"); return err })
		f(func(w io.Writer) error { io.WriteString(w, "a"); return errBroken })
	})

	type visit = func(func() (pipe.Point, bool), func(pipe.Point) error) error
	twin[visit](pipe.Visit, pipe.VisitFixed, func(f visit) {
		n := 0
		f(func() (pipe.Point, bool) { n++; return pipe.Point{}, n < 100 }, func(pipe.Point) error { return errBroken })
	})

	pair("goroutineleak/zero.ForEach", zero.ForEach[int], zero.ForEachFixed[int], func(f func([]int, func(int))) {
		f([]int{1, 2, 3}, func(int) {})
	})

	twin(zero.Expire, zero.ExpireFixed, func(f func(func() int) int) { f(number(1)) })
	twin(zero.Chunk, zero.ChunkFixed, func(f func([]int, int) int) {
		f([]int{1, 2, 3, 4}, 2)
		f([]int{1, 2, 3}, 2)
	})

	type prune = func(map[string][]int, []string, func(int) bool) int
	twin[prune](zero.Prune, zero.PruneFixed, func(f prune) {
		f(map[string][]int{"a": {1}}, []string{"a"}, func(int) bool { return true })
		f(map[string][]int{}, []string{"a"}, func(int) bool { return true })
	})
}
