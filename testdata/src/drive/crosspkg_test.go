//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"io"
	"strings"
	"time"

	crossed "example.com/corpus/closedchan/crosspkg"
	waiting "example.com/corpus/deadlock/explored/crosspkg"
	"example.com/corpus/goroutineleak/crosspkg"
	starting "example.com/corpus/goroutineleak/crosspkg/server"
	"example.com/corpus/goroutineleak/crosspkg/upload"
	crosssilent "example.com/corpus/silent/crosspkg"
	"example.com/corpus/silent/supervised"
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
	twin(crosspkg.Announce, crosspkg.AnnounceFixed, func(f func([]string, func(string))) { f([]string{"a"}, func(string) {}) })
	type send = func(upload.Writer, io.Reader, int) <-chan bool
	twin[send](upload.Send, upload.SendFixed, func(f send) { <-f(fullDisk{}, strings.NewReader(strings.Repeat("a", 1<<20)), -1) })
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

	fails := func() error { return errBroken }
	works := func() error { return nil }
	slow := func() error { time.Sleep(time.Minute); return nil }
	rate := func() float64 { return 1 }

	type sample = func(func() float64, []string, func(string) error) (float64, error)
	twin[sample](crosspkg.Sample, crosspkg.SampleFixed, func(f sample) {
		f(rate, []string{"a", "b"}, execute)
		f(rate, []string{"a", "bad"}, execute)
	})

	type check = func(string, func() float64, float64) error
	twin[check](crosspkg.Check, crosspkg.CheckFixed, func(f check) {
		f("a", rate, 1)
		f("b", rate, 2)
	})

	type measure = func(func(float64), []string, func(string) error) error
	twin[measure](crosspkg.Measure, crosspkg.MeasureFixed, func(f measure) {
		f(nil, []string{"a"}, execute)
		f(ignore, []string{"a", "b"}, execute)
		f(ignore, []string{"a", "bad"}, execute)
	})

	type firstLong = func([]string, int) string
	twin[firstLong](crosspkg.FirstLong, crosspkg.FirstLongFixed, func(f firstLong) {
		f([]string{"a", "b"}, 3)
		f([]string{"a", "long line", "c"}, 3)
	})

	type find = func([]string, func(string) bool) string
	twin[find](crosspkg.Find, crosspkg.FindFixed, func(f find) {
		f([]string{"a", "b"}, func(s string) bool { return s == "c" })
		f([]string{"a", "b"}, func(s string) bool { return s == "a" })
	})

	type sum = func([]string) (int, error)
	twin[sum](crosspkg.Sum, crosspkg.SumFixed, func(f sum) {
		f([]string{"1", "2"})
		f([]string{"1", "x", "2", "3"})
	})

	twin(crosspkg.Prefix, crosspkg.PrefixFixed, func(f func([]string) []string) {
		f([]string{"a", "b"})
		f([]string{"a", "", "b"})
	})

	type ask = func(func() int, time.Duration) (int, error)
	twin[ask](crosspkg.Ask, crosspkg.AskFixed, func(f ask) {
		f(func() int { return 1 }, time.Second)
		f(func() int { time.Sleep(time.Minute); return 1 }, time.Second)
	})

	type start = func(func() bool, time.Duration) error
	twin[start](starting.Start, starting.StartFixed, func(f start) {
		f(func() bool { return true }, time.Second)
		f(func() bool { time.Sleep(time.Minute); return true }, time.Second)
	})

	type submit = func(func() error, time.Duration) error
	twin[submit](crosspkg.Submit, crosspkg.SubmitFixed, func(f submit) {
		f(works, time.Second)
		f(slow, time.Second)
	})

	twin(crosspkg.Enqueue, crosspkg.EnqueueFixed, func(f func([]string) string) {
		f(nil)
		f([]string{"a", "b"})
	})

	type read = func(func() (string, error)) string
	twin[read](waiting.Read, waiting.ReadFixed, func(f read) {
		f(func() (string, error) { return "a", nil })
		f(func() (string, error) { return "", nil })
	})

	type publish = func([]string, func(string)) error
	twin[publish](unclosed.Publish, unclosed.PublishFixed, func(f publish) {
		f([]string{"a", "b"}, ignore)
		f([]string{"a", ""}, ignore)
	})

	twin(unclosed.Total, unclosed.TotalFixed, func(f func([]string) int) {
		f([]string{"a", "b"})
	})

	twin(counted.All, counted.AllFixed, func(f func([]func() error)) {
		f([]func() error{works, fails})
	})

	twin(counted.Two, counted.TwoFixed, func(f func(a, b func() error) error) {
		f(works, fails)
	})

	twin(counted.Twice, counted.TwiceFixed, func(f func(func() error)) {
		f(works)
	})

	type copied = func([]string) []string
	twin[copied](crossed.Copy, crossed.CopyFixed, func(f copied) {
		f([]string{"a", "b"})
	})

	twin[copied](crossed.Last, crossed.LastFixed, func(f copied) {
		f([]string{"a", "b"})
	})

	twin(crossed.Finish, crossed.FinishFixed, func(f func([]string) int) {
		f([]string{"a", "b"})
	})

	type job = func(func() error, bool) error
	twin[job](waiting.Run, waiting.RunFixed, func(f job) {
		f(works, true)
		f(works, false)
	})

	twin(waiting.Fill, waiting.FillFixed, func(f func(string) string) { f("a") })

	twin(waiting.Greet, waiting.GreetFixed, func(f func(string) string) { f("a") })

	silent("supervised.Beacon", func() {
		ctx, cancel := context.WithCancel(background)
		b := supervised.New(strings.ToUpper)
		go b.Serve(ctx)
		b.Send("a")
		cancel()
		b.Send("b")
	})
	silent("crosspkg.Getter", func() { crosssilent.Getter([]string{"a", "b"}) })
	silent("crosspkg.Quitter", func() { crosssilent.Quitter([]string{"a", "b"}) })
	for name, f := range map[string]func(string) string{
		"Converted": crosssilent.Converted, "Boxed": crosssilent.Boxed, "Listed": crosssilent.Listed,
		"Generic": crosssilent.Generic,
	} {
		silent("crosspkg."+name, func() { f("a") })
	}
}

type fullDisk struct{}

func (fullDisk) WriteChunk([]byte) error { return io.ErrShortWrite }
