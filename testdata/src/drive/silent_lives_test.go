//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"time"

	"example.com/corpus/silent/actors"
	"example.com/corpus/silent/callbacks"
	"example.com/corpus/silent/conds"
	"example.com/corpus/silent/contract"
	"example.com/corpus/silent/correlate"
	"example.com/corpus/silent/groups"
	"example.com/corpus/silent/handover"
	"example.com/corpus/silent/handover/store"
	"example.com/corpus/silent/iterators"
	"example.com/corpus/silent/kept"
	"example.com/corpus/silent/locking"
	"example.com/corpus/silent/longlived"
	"example.com/corpus/silent/mailbox"
	"example.com/corpus/silent/noreturn"
	"example.com/corpus/silent/once"
	"example.com/corpus/silent/requests"
	"example.com/corpus/silent/shutdown"
	"example.com/corpus/silent/steady"
	"example.com/corpus/silent/timers"
	"example.com/corpus/silent/waitgroups"
)

// Correct programs that live for long, wait for one another or hand things over.

type here struct{}

func (here) Compute(_ string, f func()) { f() }

func init() {
	names := []string{"a", "bad", "c"}
	numbers := []int{1, 2, 3, 4}
	same := func(s string) string { return s }

	silent("callbacks.Fresh", func() { callbacks.Fresh(here{}, "a") })
	silent("correlate.Siege", func() {
		for _, rate := range []float64{0, 1000} {
			(&correlate.Siege{PerSecond: rate, Rounds: 2}).Run(2, func() {})
		}
	}, lives)
	silent("correlate.Paced", func() {
		for _, seconds := range []float64{0, 0.001} {
			correlate.Paced(seconds, 2, func() {})
		}
	})
	silent("correlate.Crowd", func() { correlate.Crowd(ignore) })
	silent("steady.Open", func() {
		d := steady.Open(background, io.Discard)
		time.Sleep(time.Second)
		d.Close()
	})
	silent("handover.Look", func() { handover.Look(func(*store.Tx) int { return 1 }) })

	silent("kept.Run", func() { kept.Run(failing("bad"), untilQuit, untilQuit) })
	silent("kept.Exec", func() { kept.Exec("count"); kept.Exec("none") })
	silent("kept.Futures", func() { kept.Futures([]func() int{number(1), number(2)}) })
	silent("kept.Between", func() { kept.Between(kept.Attach(untilQuit), nop) })
	silent("kept.Named", func() { kept.Named(names, func(_ string, quit <-chan struct{}) { <-quit }) })

	silent("longlived.Monitor", func() {
		m := longlived.NewMonitor(nop)
		m.Start(time.Second)
		m.Stop()
	})
	silent("longlived.Log", func() { longlived.Log("%d", 1) }, outside, lives)
	silent("longlived.Inc", func() { longlived.Inc("a"); longlived.Count("a") }, outside, lives)
	silent("longlived.NextID", func() { longlived.NextID() }, outside, lives)
	silent("longlived.Later", func() { longlived.Later(nop); longlived.Later(nop) }, outside, lives)
	silent("longlived.Now", func() { longlived.Now() }, outside, lives)

	silent("conds.Each", func() { conds.Each(names, func(string) { time.Sleep(time.Second) }); conds.Each(nil, ignore[int]) })
	silent("conds.Flusher", func() {
		f := conds.NewFlusher(nop)
		f.Touch()
		time.Sleep(time.Second)
		f.Touch()
		f.Close()
	})
	silent("conds.Rounds", func() { conds.Rounds(3, 2, func(int, int) {}); conds.Rounds(0, 2, nil) })
	silent("conds.Ready", func() { conds.Ready(func() { time.Sleep(time.Second) }, nop); conds.Ready(nop, nop) })

	silent("shutdown.Serve", func() {
		shutdown.Serve(within(20*time.Millisecond), listener(), http.NotFoundHandler())
	}, outside)
	silent("shutdown.Server", func() {
		ln := listener()
		s := shutdown.Listen(ln, func(c net.Conn) { io.Copy(io.Discard, c) })
		c, err := net.Dial("tcp", ln.Addr().String())
		if err == nil {
			defer c.Close()
		}
		s.Close()
		s.Close()
	}, outside)
	silent("shutdown.Host", func() {
		h := shutdown.NewHost()
		h.Go(listener(), http.NotFoundHandler())
		h.Close()
		h.Wait()
	}, outside)
	silent("shutdown.Run", func() {
		part := func(f func(context.Context) error) shutdown.Component { return shutdown.Component{Run: f} }
		shutdown.Run(background, part(untilDone), part(func(context.Context) error { return errBroken }), part(untilDone))
	})
	silent("shutdown.Drainer", func() {
		d := shutdown.NewDrainer()
		for range 9 {
			d.Submit(nop)
		}
		d.Close()
		d.Submit(nop)
		d.Close()
	})

	silent("requests.Handler", func() {
		ctx, cancel := context.WithCancel(background)
		defer cancel()
		requests.Handler(text("a")).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil).WithContext(ctx))
	})
	silent("requests.Watch", func() { requests.Watch(within(time.Minute), text("a"), ignore) })
	silent("requests.CloseOn", func() { requests.CloseOn(within(time.Second), server("a")) })
	silent("requests.Both", func() {
		ctx, cancel := requests.Both(background, within(time.Second))
		defer cancel()
		<-ctx.Done()
	})
	silent("requests.Stream", func() {
		<-requests.Stream(within(time.Second), names)
	})
	silent("requests.Deadline", func() {
		requests.Deadline(background, time.Second, untilDone)
		requests.Deadline(background, time.Second, func(context.Context) error { return nil })
	})

	silent("timers.Slot", func() {
		s := timers.NewSlot()
		go func() { time.Sleep(10 * time.Millisecond); s.Take() }()
		s.Put("a")
		s.Until(time.Now().Add(10 * time.Millisecond))
		s.Put("b")
	})
	silent("timers.AtTime", func() {
		timers.AtTime(time.Time{}, number(1))
		timers.AtTime(time.Now().Add(time.Millisecond), number(1))
	})
	silent("timers.Feed", func() { timers.Feed(names, ignore) })
	silent("timers.Every", func() {
		n := 0
		timers.Every(time.Second, func() bool { n++; return n < 3 })
	})
	silent("timers.After", func() { timers.After(time.Second, nop) })
	silent("timers.Retry", func() { timers.Retry(3, failing("bad")); timers.Retry(0, nil) })
	silent("timers.Heartbeat", func() { timers.Heartbeat(time.Second, nop, func() { time.Sleep(3 * time.Second) }) })
	silent("timers.Deadline", func() {
		timers.Deadline(time.Second, func(progress func()) { progress(); progress() })
		timers.Deadline(time.Second, func(progress func()) { time.Sleep(time.Minute); progress() })
	})

	silent("locking.Total", func() { locking.Total(1, 2, 3) }, outside)
	silent("locking.Buffered", func() { locking.Buffered(names, same) }, outside)
	silent("locking.Await", func() { locking.Await(ignore) }, outside)
	silent("locking.Handoff", func() { locking.Handoff(new(sync.Mutex), nop) }, outside)
	silent("locking.Exchange", func() { locking.Exchange(1, 2) }, outside)
	silent("locking.Try", func() { locking.Try(new(sync.Mutex), nop, nop) }, outside)

	silent("once.Nested", func() { once.Nested(number(1)) }, outside)
	silent("once.Any", func() { once.Any(untilQuit, func(<-chan struct{}) {}, untilQuit); once.Any() }, outside)
	silent("once.Shared", func() { once.Shared(3, func() string { time.Sleep(time.Second); return "" }) })
	silent("once.Func", func() { once.Func(untilQuit) })

	silent("waitgroups.Tree", func() { waitgroups.Tree(3, ignore) })
	silent("waitgroups.Param", func() { waitgroups.Param(3, ignore) })
	silent("waitgroups.Spawn", func() {
		var wg sync.WaitGroup
		waitgroups.Spawn(&wg, nop)
		wg.Wait()
	})
	silent("waitgroups.Paths", func() { waitgroups.Paths([]string{"", "a", "bad"}, execute, ignore) })
	silent("waitgroups.Again", func() { waitgroups.Again(3, ignore) })
	silent("waitgroups.Filter", func() { waitgroups.Filter(names, func(s string) bool { return s == "a" }, ignore) })
	silent("waitgroups.Bulk", func() { waitgroups.Bulk([]string{"", "a"}, ignore) })
	silent("waitgroups.All", func() { waitgroups.All(failing("a"), failing("bad")) })

	silent("actors.Copy", func() { actors.Copy(map[string]string{"a": "b"}) })
	silent("actors.Guarded", func() {
		g := actors.NewGuarded()
		g.Do(nop)
		g.Close()
		g.Do(nop)
		g.Close()
	})
	silent("actors.Run", func() { actors.Run(func(op func(func(*int))) { op(func(n *int) { *n++ }) }) })
	silent("actors.PingPong", func() { actors.PingPong(3); actors.PingPong(0) })

	silent("noreturn.Must", func() { noreturn.Must(failing("a"), number(1)) })
	silent("noreturn.Usage", func() { noreturn.Usage(names, execute) })
	silent("noreturn.Kind", func() { noreturn.Kind("one", number(1)); noreturn.Kind("none", nil) })
	silent("noreturn.Exit", func() { noreturn.Exit(func(abort func()) int { abort(); return 1 }) })
	silent("noreturn.AllOrExit", func() { noreturn.AllOrExit([]func() error{failing("a"), failing("b")}) })
	silent("noreturn.OneByOne", func() { noreturn.OneByOne(nil); noreturn.OneByOne([]func(){nop, nop}) })
	silent("noreturn.Panics", func() { noreturn.Panics(func() { panic("a") }); noreturn.Panics(nop) })

	silent("iterators.Zip", func() {
		for range iterators.Zip(slices.Values(numbers), slices.Values(names)) {
			break
		}
		for range iterators.Zip(slices.Values(numbers), slices.Values(names)) {
		}
	})
	silent("iterators.Sum", func() { iterators.Sum(slices.Values(numbers)) })
	silent("iterators.Reader", func() {
		r := iterators.NewReader(slices.Values(names))
		r.Read()
		r.Close()
	})
	silent("iterators.Gzip", func() {
		iterators.Gzip(lines("text"), func(r io.Reader) error { _, err := io.Copy(io.Discard, r); return err })
		iterators.Gzip(lines("text"), func(r io.Reader) error { return refuse{}.Put("", r) })
	}, outside)
	silent("iterators.Lines", func() {
		iterators.Lines(func(w io.Writer) error { _, err := io.WriteString(w, "a\nb"); return err })
		iterators.Lines(func(w io.Writer) error { _, err := w.Write(make([]byte, 1<<20)); return err })
	}, outside)
	silent("iterators.Until", func() { iterators.Until("3", strconv.Itoa) })

	silent("groups.Fetch", func() {
		get := func(_ context.Context, u string) (int, error) { return 1, execute(u) }
		groups.Fetch(background, names, get)
		groups.Fetch(background, []string{"a", "b"}, get)
	})
	silent("groups.Pipeline", func() { groups.Pipeline(background, []string{"bad", "bad", "c", "d"}, execute) })
	silent("groups.Watch", func() {
		groups.Watch(background, []func(context.Context) error{untilDone, func(context.Context) error { return errBroken }}, nop)
	})
	silent("groups.Nested", func() { groups.Nested([][]string{{"a", "b", "c"}, {"bad"}, nil}, execute) })
	silent("groups.Stop", func() { groups.Stop(background, func(context.Context) error { return nil }, untilDone) })

	silent("mailbox.Last", func() { mailbox.Last(1, 2, 3) }, outside)
	silent("mailbox.Wake", func() { mailbox.Wake(3, nop) })
	silent("mailbox.Add", func() { mailbox.Add(numbers) })
	silent("mailbox.FirstError", func() { mailbox.FirstError([]func() error{failing("bad"), failing("bad")}) })
	silent("mailbox.Drop", func() { mailbox.Drop(numbers, func(int) { time.Sleep(time.Second) }) })

	silent("contract.For", func() { contract.For(5*time.Second, time.Second, nop) })
	silent("contract.Download.Finish", func() {
		d := contract.NewDownload(time.Second, ignore[int64])
		d.Add(1)
		d.Finish()
		d.Finish()
	})
	silent("contract.Alarm.Stop", func() { a := contract.NewAlarm(time.Second, nop); a.Stop(); a.Stop() })
	silent("contract.Copy", func() { contract.Copy(io.Discard, lines("a\nb")) })
	silent("contract.Start", func() {
		stop := make(chan struct{})
		contract.Start(contract.Config{Events: make(chan string), Stop: stop}, same)
		close(stop)
	})
	silent("contract.Anew", func() {
		a := contract.NewAnew()
		a.Go(nop)
		a.Wait()
		a.Go(nop)
		a.Wait()
	})
	silent("contract.Conn", func() {
		c := &contract.Conn{Closed: make(chan struct{}), Recv: func() (string, error) { return "a", nil }}
		c.Forward(make(chan string))
		close(c.Closed)
	})
}

func listener() net.Listener {
	ln, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		panic(err)
	}
	return ln
}
