//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"slices"
	"strconv"
	"time"

	"example.com/corpus/silent/correlate"
	"example.com/corpus/silent/fanin"
	"example.com/corpus/silent/handover"
	"example.com/corpus/silent/nilcase"
	"example.com/corpus/silent/pipeline"
	"example.com/corpus/silent/pools"
	"example.com/corpus/silent/quorum"
	"example.com/corpus/silent/semaphore"
	"example.com/corpus/silent/sized"
	"example.com/corpus/silent/slots"
)

func (s server) Read(key string) (string, error) { return string(s), s.err() }

func nop() {}

func text(s string) func() string { return func() string { return s } }

func number(n int) func() int { return func() int { return n } }

func failing(s string) func() error { return func() error { return execute(s) } }

func ignore[T any](T) {}

// untilQuit works until it is told to end.
func untilQuit(quit <-chan struct{}) { <-quit }

func untilDone(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }

func init() {
	names := []string{"a", "bad", "c"}
	numbers := []int{1, 2, 3, 4}
	positive := func(s string) (int, error) { return strconv.Atoi(s) }
	double := func(n int) int { return 2 * n }

	silent("pools.Squares", func() { pools.Squares(numbers, 0); pools.Squares(nil, 3); pools.Squares(numbers, 2) })
	silent("pools.Convert", func() { pools.Convert(names, 2, echo); pools.Convert(nil, 2, echo) })
	silent("pools.Sum", func() { pools.Sum(func() int64 { return 1 }, func() int64 { return 2 }) })
	silent("pools.FailFast", func() { pools.FailFast(names, 1, execute); pools.FailFast([]string{"bad", "bad", "bad"}, 2, execute) })
	silent("pools.Recovering", func() { pools.Recovering([]func(){nop, func() { panic(1) }, func() { panic(2) }}) })

	silent("quorum.Write", func() {
		quorum.Write(nil, "k", "v")
		quorum.Write([]quorum.Node{server("a"), server("bad"), server("c")}, "k", "v")
		quorum.Write([]quorum.Node{server("bad"), server("bad"), server("c")}, "k", "v")
	})
	silent("quorum.Read", func() {
		quorum.Read(background, []quorum.Node{server("a"), server("bad"), server("c")}, "k")
		quorum.Read(within(time.Millisecond), []quorum.Node{server("a"), server("b")}, "k")
	})
	silent("quorum.FirstN", func() {
		quorum.FirstN(2, []func() int{number(1), number(2), number(3)})
		quorum.FirstN(2, []func() int{})
	})
	silent("quorum.Hedge", func() {
		quorum.Hedge(func() string { time.Sleep(time.Second); return "a" }, text("b"), time.Millisecond)
		quorum.Hedge(text("a"), text("b"), time.Second)
	})
	silent("quorum.Majority", func() { quorum.Majority([]func() bool{func() bool { return true }, func() bool { return false }}) })
	silent("quorum.Drained", func() {
		quorum.Drained(map[string]func() error{"a": failing("a"), "b": failing("bad"), "c": failing("c")})
	})

	silent("slots.Pool", func() {
		p := slots.NewPool(func() error { return nil })
		for range 5 {
			c, _ := p.Get()
			c.Close()
		}
		failing := slots.NewPool(func() error { return errBroken })
		for range 5 {
			failing.Get()
		}
	})
	silent("slots.Lot", func() {
		l := slots.NewLot()
		for i := range 5 {
			if p := l.Park(func() bool { return i%2 == 0 }); p != nil {
				p.Leave()
			}
		}
	})
	silent("slots.Executor", func() {
		e := slots.NewExecutor(func(f func()) { go f() })
		for range 5 {
			e.Go(nop)
		}
	})
	silent("slots.Semaphore", func() {
		s := slots.NewSemaphore(1)
		for i := range 5 {
			if s.Acquire(func() bool { return i%2 == 0 }) {
				s.Release()
			}
		}
	})
	silent("slots.Gate", func() {
		g := slots.NewGate(func(int) {})
		for range 20 {
			go func() {
				g.Enter()
				g.Leave()
			}()
		}
		g.Close()
	})
	silent("slots.Journal", func() {
		j := slots.NewJournal(2, execute)
		for range 20 {
			go j.Add("bad")
		}
		j.Close()
	})
	silent("slots.Shop", func() {
		s := slots.NewShop(execute)
		for range 20 {
			s.Order("bad")
		}
		s.Close()
	})
	silent("slots.Tally", func() {
		t := slots.NewTally(2)
		t.Add(1)
		t.Add(2)
		t.Sum()
	})
	silent("slots.Latest", func() {
		l := slots.NewLatest()
		for i := range 5 {
			l.Put(i)
		}
	})
	silent("slots.House", func() {
		h := slots.NewHouse()
		for range 5 {
			h.Rent("a").End()
		}
		h.Rent("")
	})
	silent("semaphore.Limited", func() { semaphore.Limited(names, 0, ignore); semaphore.Limited(names, 2, ignore) })
	silent("semaphore.Filled", func() { semaphore.Filled(names, ignore); semaphore.Filled(nil, ignore) })
	silent("semaphore.Spread", func() { semaphore.Spread(5, func(int) { time.Sleep(time.Second) }) })
	silent("semaphore.Increment", func() { semaphore.Increment(5) })
	silent("semaphore.Weighted", func() {
		semaphore.Weighted(background, []int64{1, 20, 5}, func(int64) { time.Sleep(time.Second) })
		semaphore.Weighted(within(time.Second), []int64{9, 9}, func(int64) { time.Sleep(time.Minute) })
	})

	silent("pipeline.First", func() {
		pipeline.First(numbers, double, func(n int) bool { return n == 2 })
		pipeline.First(numbers, double, func(n int) bool { return false })
	})
	silent("pipeline.Take", func() { pipeline.Take(slices.Values(names), 1) })
	silent("pipeline.Drain", func() {
		pipeline.Drain(func(c chan<- int) {
			for i := range 9 {
				c <- i
			}
		}, func(n int) bool { return n == 3 })
	})
	same := func(s string) string { return s }
	silent("pipeline.Chain", func() { pipeline.Chain(names); pipeline.Chain(names, same, same) })
	silent("pipeline.Errors", func() { pipeline.Errors([]string{"1", "x", "2"}, positive); pipeline.Errors(nil, positive) })
	silent("pipeline.Free", func() { pipeline.Free(map[int]bool{1: true, 2: true}) })

	silent("fanin.Count", func() { fanin.Count(names, 2); fanin.Count(names, 0) })
	silent("fanin.Search", func() { fanin.Search(map[string]func() string{"a": text("x"), "b": text("y")}, "y") })
	silent("fanin.LastCloses", func() { fanin.LastCloses([]func() int{number(1), number(2)}); fanin.LastCloses(nil) })
	silent("fanin.TwoWays", func() { fanin.TwoWays(numbers, nil) })

	for _, on := range []bool{false, true} {
		suffix := strconv.FormatBool(on)
		silent("correlate.Build."+suffix, func() {
			correlate.Build(correlate.Options{Verify: on}, failing("bad"), failing("a"))
		})
		silent("correlate.Until."+suffix, func() {
			var deadline time.Time
			if on {
				deadline = time.Now()
			}
			correlate.Until(deadline, number(1))
		})
		silent("correlate.Fetch."+suffix, func() {
			name := "file"
			if on {
				name = "mirror/file"
			}
			correlate.Fetch(name, func(string) error { return nil })
		})
		silent("correlate.Either."+suffix, func() { correlate.Either(on, text("a"), text("b")) })
		silent("correlate.Errs."+suffix, func() { correlate.Errs(on, number(1)) })
	}
	silent("correlate.Load", func() { correlate.Load(names, func(s string) bool { return s == "a" }, execute) })
	silent("correlate.Pairs", func() { correlate.Pairs(0, double); correlate.Pairs(3, double) })
	silent("correlate.Rest", func() { correlate.Rest(nil); correlate.Rest([]func() error{failing("bad"), failing("a")}) })
	silent("correlate.Optional", func() { correlate.Optional(failing("a")); correlate.Optional(failing("bad")) })
	silent("correlate.State", func() {
		var s correlate.State
		s.Stop()
		s.Start(untilQuit)
		s.Start(untilQuit)
		s.Stop()
		s.Stop()
	})
	silent("correlate.Rounds", func() { correlate.Rounds(2, 3, func(int, int) {}) })
	silent("correlate.Switch", func() { correlate.Switch("once", number(1)); correlate.Switch("never", number(1)) })

	silent("nilcase.Collect", func() { nilcase.Collect(names); nilcase.Collect(nil) })
	silent("nilcase.Timeout", func() {
		nilcase.Timeout(nop, 0)
		nilcase.Timeout(func() { time.Sleep(time.Second) }, time.Millisecond)
	})
	silent("nilcase.Listen", func() { nilcase.Listen(time.Second, ignore) })
	silent("nilcase.Plain", func() { nilcase.Plain(number(1)) })

	silent("handover.Go", func() {
		for range handover.Go(func() (string, error) { return echo("a") }).C {
		}
		for range handover.Go(func() (string, error) { return echo("bad") }).C {
		}
	})
	silent("handover.Subscribe", func() {
		c, cancel := handover.Subscribe(text("a"))
		<-c
		cancel()
		for range c {
		}
	})
	silent("handover.Into", func() {
		c := make(chan int)
		handover.Into(c, []func() int{number(1), number(2)})
		<-c
		<-c
	})
	silent("handover.Emit", func() {
		s := &handover.Source{Events: make(chan handover.Event)}
		go func() {
			e := <-s.Events
			e.Ack <- errBroken
		}()
		s.Emit("a")
	})
	silent("handover.Recorder", func() {
		r := handover.NewRecorder(handover.NewList("a", "b"))
		for range r.Events() {
		}
		r.Seen()
	})
	silent("handover.Diary", func() {
		d := handover.NewDiary(handover.NewList("a", "b"))
		d.SetTitle("today")
		for range d.Events() {
		}
	})
	silent("handover.Stored", func() {
		var s handover.Stored
		go s.Wait("a")
		go s.Wait("a")
		time.Sleep(time.Second)
		s.Announce("a", "b")
	})
	silent("handover.Callback", func() {
		handover.Callback(func(done func(error)) { go done(nil); go done(errBroken) })
	})
	silent("handover.Signals", func() { handover.Signals(failing("bad")) }, outside)
	silent("handover.Lend", func() { handover.Lend(3, ignore) })

	page := func(u string) (string, error) { return echo(u) }
	silent("sized.Prune", func() {
		sized.Prune(map[string][]int{"a": {1}, "b": {2}}, []string{"a", "c"}, func(int) bool { return true })
	})
	silent("sized.Titles", func() { sized.Titles(names, page) })
	silent("sized.Copy", func() { sized.Copy(shelf{}, names, func([]byte) {}) })
	silent("sized.Scan", func() { sized.Scan(shelf{}, names, func([]byte) {}) })
	silent("sized.Visit", func() {
		sized.Visit(background, names, ignore)
		sized.Visit(sized.With(background, &sized.Settings{Workers: 1}), names, ignore)
	})
	silent("sized.SideBySide", func() {
		sized.SideBySide(background, []func(){func() {}, func() {}}, 0)
		sized.SetWidth(0)
		sized.SideBySide(background, []func(){func() {}, func() {}}, 1)
	})
	silent("sized.Walker.Walk", func() { sized.NewWalker(background, names...).Walk(ignore) })
	silent("sized.VisitLevels", func() { sized.VisitLevels(background, [][]string{names, names}, ignore) })
	silent("sized.Both", func() { sized.Both(failing("bad"), failing("a")) })
	silent("sized.Keys", func() { sized.Keys(map[string]int{"a": 1, "b": 2}, func(string) bool { return true }) })
	silent("sized.Twice", func() { sized.Twice(names, func(string) (int, int) { return 1, 2 }); sized.Twice(nil, nil) })
	silent("sized.Timeout", func() { sized.Timeout(within(time.Millisecond), func() (string, error) { return echo("a") }) })
	silent("sized.Matrix", func() { sized.Matrix(2, 3, func(r, c int) int { return r * c }); sized.Matrix(2, 0, nil) })
	silent("sized.Prefilled", func() { sized.Prefilled(names, ignore) })
}

// shelf is a store that two may use at a time.
type shelf struct{}

func (shelf) Slots() int            { return 2 }
func (shelf) Limits() (uint, error) { return 2, nil }
func (shelf) Room() uint            { return 1 }
func (shelf) Get(key string) []byte { return []byte(key) }
