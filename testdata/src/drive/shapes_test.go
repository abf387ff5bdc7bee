//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"io"
	"slices"
	"strings"
	"time"

	"example.com/corpus/deadlock/explored/tickets"
	"example.com/corpus/goroutineleak/ticks"
	"example.com/corpus/silent/atomics"
	"example.com/corpus/silent/control"
	"example.com/corpus/silent/crosspkg/stores"
	"example.com/corpus/silent/dispatch"
	"example.com/corpus/silent/keyed"
	"example.com/corpus/silent/lengths"
	"example.com/corpus/silent/nonnil"
	"example.com/corpus/silent/over"
	"example.com/corpus/silent/over/taskloop"
	"example.com/corpus/silent/recursion"
	"example.com/corpus/unclosedchan/ticker"
)

// The programs of this file are correct because of what their data are.
func init() {
	words := []string{"a", "!b", "", "bad"}
	numbers := []int{3, 1, 2, 5, 4}
	length := func(s string) int { return len(s) }
	double := func(n int) int { return 2 * n }
	tree := &recursion.Node{
		Value: 2,
		Left:  &recursion.Node{Value: 1},
		Right: &recursion.Node{Value: 4, Left: &recursion.Node{Value: 3}},
	}

	silent("keyed.Echo", func() { keyed.Echo("hello") })
	silent("keyed.Tracks", func() { keyed.Tracks([]string{"a", "b", "a"}, func(_, _ string) {}, "x", "y") })
	silent("keyed.Analyze", func() {
		keyed.Analyze(&keyed.Batch{Docs: map[string]*keyed.Doc{"a": {Words: []string{"x"}}, "b": nil, "c": {}}})
	})
	silent("keyed.Wait", func() {
		c := make(chan bool, 1)
		c <- true
		keyed.Wait(map[string]chan bool{"a": c, "b": nil})
	})
	silent("keyed.Release", func() { keyed.Release(ignore) })
	silent("keyed.Seats", func() { keyed.Seats(func(n int) bool { return n > 1 }) })
	silent("keyed.Fixed", func() { keyed.Fixed(words); keyed.Fixed(nil) })
	silent("keyed.Both", func() { keyed.Both(nop) }, outside)

	silent("crosspkg/stores.Store", func() {
		for _, names := range [][]string{nil, words} {
			s := stores.NewStore(source{}, names)
			go s.Run()
			s.Await()
			s.Await()
			s.Stop()
		}
	})
	silent("lengths.Hub", func() {
		h := lengths.NewHub()
		f := h.Add("a", 2)
		f.Pause()
		f.Put(1)
		f.Put(2)
		h.ResumeAll()
		<-f.Values()
		<-f.Values()
		h.Len()
	})
	silent("lengths.Plus", func() { lengths.Plus(number(1)); lengths.Plus(number(1), number(2)) })
	silent("lengths.Behind", func() { lengths.Behind(number(1), nil) })
	silent("lengths.Halves", func() { lengths.Halves(numbers, double); lengths.Halves(nil, double) })
	silent("lengths.Tail", func() { lengths.Tail(words, length); lengths.Tail(nil, length) })
	silent("lengths.Filtered", func() { lengths.Filtered(words, func(s string) bool { return s != "" }, length) })
	silent("lengths.Ping", func() { lengths.Ping(cluster(3)); lengths.Ping(cluster(0)) })
	silent("lengths.PingAtOnce", func() { lengths.PingAtOnce(cluster(3)); lengths.PingAtOnce(cluster(0)) })
	silent("lengths.EachProcessor", func() { lengths.EachProcessor(double) })
	silent("lengths.Clone", func() { lengths.Clone(words, length) })
	silent("lengths.Chunks", func() {
		lengths.Chunks(numbers, 2, func(c []int) int { return len(c) })
		lengths.Chunks(nil, 2, nil)
	})
	silent("lengths.Ceil", func() { lengths.Ceil(numbers, 2, ignore); lengths.Ceil(nil, 2, ignore) })
	silent("lengths.Array", func() { lengths.Array([3]func() int{number(1), number(2), number(3)}) })
	silent("lengths.Report", func() {
		lengths.Report(slices.Repeat([]string{"bad"}, 6), execute)
		lengths.Report(slices.Repeat([]string{"bad"}, 7), execute)
	})
	silent("lengths.First", func() { lengths.First("one two three four five six seven", func(string) bool { return true }) })
	silent("lengths.Stages", func() { lengths.Stages(func(string) error { return errBroken }) })
	silent("lengths.Limits", func() { lengths.Limits(func(string, int) bool { return true }) })
	silent("lengths.Give", func() {
		lengths.Give(slices.Repeat([]string{"a"}, 9), execute)
		lengths.Give(slices.Repeat([]string{"bad"}, 9), execute)
	})
	silent("lengths.Board", func() {
		b := new(lengths.Board)
		for range 9 {
			b.Sit("a")
		}
		b.Vote(func(string) bool { return true })
	})
	silent("lengths.Windows", func() { lengths.Windows(words, 2, ignore); lengths.Windows(nil, 2, ignore) })

	silent("atomics.Closers", func() { atomics.Closers(3); atomics.Closers(0) })
	silent("atomics.Countdown", func() { atomics.Countdown(nop, nop); atomics.Countdown() })
	silent("atomics.First", func() { atomics.First(number(1), number(2), number(3)) })
	silent("atomics.Cycle", func() { atomics.Cycle(untilQuit) })
	silent("atomics.Snapshot", func() {
		atomics.Snapshot(func() map[string]string { return nil }, ignore)
	})

	silent("nonnil.Await", func() { nonnil.Await(1) }, outside)
	silent("nonnil.Parse", func() { nonnil.Parse([]string{"1", "x", "2"}) })
	silent("nonnil.Attempts", func() { nonnil.Attempts(3, func(i int) bool { return i == 1 }) })
	silent("nonnil.Value", func() {
		nonnil.Value(func() (string, error) { return echo("a") })
		nonnil.Value(func() (string, error) { return echo("bad") })
	})
	silent("nonnil.Shop.Work", func() { s := nonnil.OpenShop(shelf{}); s.Work(nop); s.Work(nop) })
	silent("nonnil.Stop", func() {
		nonnil.Stop(words, func(s string) bool { return s != "" })
		nonnil.Stop(words, func(s string) bool { return true })
	})
	silent("nonnil.Pack", func() { nonnil.Pack(io.Discard, []byte("a")); nonnil.Pack(failingWriter{}, []byte("a")) })
	silent("nonnil.Typed", func() { nonnil.Typed(failing("a")); nonnil.Typed(failing("bad")) })
	silent("nonnil.Words", func() {
		w := nonnil.NewWords(2)
		w.First(nil, execute)
		w.First([]string{"a", "b"}, execute)
		w.First([]string{"a", "bad"}, execute)
	})
	silent("nonnil.Found", func() { nonnil.Found(map[string]string{"a": "b"}, "a"); nonnil.Found(nil, "a") })

	silent("recursion.Sum", func() { recursion.Sum(tree) })
	silent("recursion.Sort", func() { recursion.Sort(numbers) })
	silent("recursion.Values", func() { recursion.Values(tree) })
	silent("recursion.Same", func() { recursion.Same(tree, tree); recursion.Same(tree, tree.Right) })
	silent("recursion.Visit", func() { recursion.Visit(tree, ignore) })
	silent("recursion.Sieve", func() { recursion.Sieve(20) })

	silent("dispatch.Total", func() { dispatch.Total(true, numbers...); dispatch.Total(false, numbers...) })
	silent("dispatch.Each", func() { dispatch.Each(numbers...) })
	silent("dispatch.Reduce", func() { dispatch.Reduce(numbers, 2, func(a, b int) int { return a + b }) })
	silent("dispatch.Len", func() { dispatch.Len(words...) })
	silent("dispatch.Clean", func() { dispatch.Clean(words...) })
	silent("dispatch.Run", func() {
		slow := func() { time.Sleep(time.Second) }
		dispatch.Run([]func(){slow, slow, slow}, dispatch.Limit(2), dispatch.After(nop))
		dispatch.Run(nil)
	})

	silent("control.Until", func() {
		control.Until([][]string{words, words}, "bad")
		control.Until([][]string{words, words}, "none")
	})
	silent("control.Again", func() { control.Again(failing("bad")); control.Again(failing("a")) })
	silent("control.Deferred", func() { control.Deferred(words, ignore); control.Deferred(nil, ignore) })
	silent("control.Both", func() { control.Both([]int{1, 2}, nil, ignore[int]) })
	silent("control.Zeros", func() { control.Zeros(3) })
	silent("control.Last", func() { control.Last(within(time.Second), time.Minute, nop) })
	silent("control.Named", func() { control.Named(failing("bad")) })
	silent("control.Recovered", func() { control.Recovered(number(1)); control.Recovered(func() int { panic("a") }) })
	silent("control.Priority", func() { control.Priority(words, words, ignore) })
	silent("control.Flag", func() {
		r := strings.NewReader("abc")
		control.Flag(func() (string, bool) { b, err := r.ReadByte(); return string(b), err == nil }, ignore)
	})
	silent("control.Phases", func() { control.Phases(nop, nop, nop) })
	silent("control.Swap", func() { control.Swap(3, double) })

	pair("deadlock/explored/tickets.Office.Both", (*tickets.Office).Both, (*tickets.Office).BothFixed, func(both func(*tickets.Office) bool) { both(tickets.New(1)) })

	pair("unclosedchan/ticker.Acquire", func() {
		ticker.Acquire("a", time.Millisecond, nop)
		ticker.Release("a")
	}, func() {
		ticker.AcquireFixed("a", time.Millisecond, nop)
		ticker.ReleaseFixed("a")
	}, func(f func()) { f() }, outside)
	twin(ticker.Every, ticker.EveryFixed, func(every func(time.Duration, func()) func()) { every(time.Second, nop)() })
	pair("goroutineleak/ticks.Loop.Start", func() {
		l := ticks.NewLoop(time.Second, nop)
		l.Start()
		l.Stop()
	}, func() {
		l := ticks.NewLoopFixed(time.Second, nop)
		l.Start()
		l.Stop()
	}, func(f func()) { f() })

	done, cancel := context.WithCancel(context.Background())
	cancel()
	silent("over.Agent", func() {
		l := taskloop.New()
		a := over.NewAgent(l, "a")
		a.Name()
		l.Close()
		a.Name()
	})
	silent("over.First", func() {
		over.First(context.Background(), []func() string{text("a")})
		over.First(done, nil)
	})
	silent("over.Again", func() { over.Again(done, nop) })
	silent("over.Drain", func() {
		in := make(chan int)
		go func() {
			in <- 1
			close(in)
		}()
		over.Drain(in, func() bool { return false })
	})
}

// source has some values at first, and no more.
type source struct{}

func (source) Load() ([]int, stores.Feed) { return []int{1, 2}, source{} }
func (source) Next() <-chan int           { return nil }

// cluster is one of so many nodes.
type cluster int

func (c cluster) Nodes() []lengths.Node { return slices.Repeat([]lengths.Node{node{}}, int(c)) }

type node struct{}

func (node) Ping() error { return nil }
