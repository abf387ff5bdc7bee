package library_test

import (
	"context"
	"errors"
	"io"
	"iter"
	"net/rpc"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"
)

// closed reports whether a receive from c would find it closed now.
func closed[T any](c <-chan T) bool {
	select {
	case _, ok := <-c:
		return !ok
	default:
		return false
	}
}

// empty reports whether a receive from c would wait.
func empty[T any](c <-chan T) bool {
	select {
	case <-c:
		return false
	default:
		return true
	}
}

// blocks starts f in the bubble and reports whether it waits for something.
func blocks(f func()) bool {
	var done atomic.Bool
	go func() {
		f()
		done.Store(true)
	}()
	synctest.Wait()
	return !done.Load()
}

// reality lists what the models claim, shown on the real packages.
var reality = []struct {
	claim string
	holds func() bool
}{
	{"Background, TODO and what has no cancel are never done", func() bool {
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		type key struct{}
		return context.Background().Done() == nil && context.TODO().Done() == nil &&
			context.WithoutCancel(ctx).Done() == nil && context.WithoutCancel(ctx).Err() == nil &&
			context.WithValue(context.Background(), key{}, 1).Done() == nil
	}},
	{"cancelling reaches all contexts below and none above", func() bool {
		type key struct{}
		top, cancelTop := context.WithCancel(context.Background())
		defer cancelTop()
		mid, cancel := context.WithTimeout(context.WithValue(top, key{}, 1), time.Hour)
		low, cancelLow := context.WithCancelCause(mid)
		defer cancelLow(nil)
		cancel()
		return closed(mid.Done()) && closed(low.Done()) && low.Err() != nil && context.Cause(low) != nil &&
			!closed(top.Done()) && top.Err() == nil && low.Value(key{}) == 1
	}},
	{"Err and Cause are nil until then", func() bool {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		return ctx.Err() == nil && context.Cause(ctx) == nil
	}},
	{"a deadline closes the channel", func() bool {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		time.Sleep(2 * time.Second)
		return closed(ctx.Done()) && errors.Is(ctx.Err(), context.DeadlineExceeded)
	}},
	{"AfterFunc runs in a goroutine of its own once the context is done", func() bool {
		ctx, cancel := context.WithCancel(context.Background())
		ran := false
		stop := context.AfterFunc(ctx, func() { ran = true })
		cancel()
		synctest.Wait()
		return ran && !stop()
	}},
	{"AfterFunc does not run once stopped", func() bool {
		ctx, cancel := context.WithCancel(context.Background())
		ran := false
		stop := context.AfterFunc(ctx, func() { ran = true })
		first, second := stop(), stop()
		cancel()
		synctest.Wait()
		return !ran && first && !second
	}},

	{"Stop leaves no stale value and does not close", func() bool {
		timer := time.NewTimer(time.Second)
		time.Sleep(2 * time.Second)
		stopped := timer.Stop() // fired, but nobody has received
		return stopped && empty(timer.C)
	}},
	{"Stop after the value was received is too late", func() bool {
		timer := time.NewTimer(time.Second)
		<-timer.C
		return !timer.Stop() && empty(timer.C)
	}},
	{"Reset leaves no stale value and arms again", func() bool {
		timer := time.NewTimer(time.Second)
		time.Sleep(2 * time.Second)
		timer.Reset(time.Second)
		if !empty(timer.C) {
			return false
		}
		<-timer.C
		return true
	}},
	{"a stopped ticker is silent until Reset", func() bool {
		ticker := time.NewTicker(time.Second)
		<-ticker.C
		ticker.Stop()
		time.Sleep(3 * time.Second)
		if !empty(ticker.C) {
			return false
		}
		ticker.Reset(time.Second)
		<-ticker.C
		ticker.Stop()
		return true
	}},
	{"AfterFunc has no channel, runs once, and again after Reset", func() bool {
		n := 0
		timer := time.AfterFunc(time.Second, func() { n++ })
		time.Sleep(3 * time.Second)
		once := n == 1 && timer.C == nil && !timer.Stop()
		armed := timer.Reset(time.Second)
		time.Sleep(3 * time.Second)
		return once && !armed && n == 2
	}},
	{"a stopped AfterFunc does not run", func() bool {
		n := 0
		timer := time.AfterFunc(time.Second, func() { n++ })
		stopped := timer.Stop()
		time.Sleep(3 * time.Second)
		return stopped && n == 0
	}},

	{"Once is done even if its function panics", func() bool {
		var once sync.Once
		func() {
			defer func() { recover() }()
			once.Do(func() { panic(1) })
		}()
		ran := false
		once.Do(func() { ran = true })
		return !ran
	}},
	{"OnceValue calls once", func() bool {
		n := 0
		f := sync.OnceValue(func() int { n++; return n })
		first, second := f(), f()
		return first == 1 && second == 1
	}},
	{"Signal wakes who waits longest", func() bool {
		var mu sync.Mutex
		c := sync.NewCond(&mu)
		var order []int
		for i := range 2 {
			go func() {
				mu.Lock()
				defer mu.Unlock()
				c.Wait()
				order = append(order, i)
			}()
			synctest.Wait()
		}
		c.Signal()
		synctest.Wait()
		first := len(order) == 1 && order[0] == 0
		c.Broadcast()
		synctest.Wait()
		return first && len(order) == 2
	}},
	{"Done runs in wg.Go when its function ends in Goexit", func() bool {
		var wg sync.WaitGroup
		wg.Go(runtime.Goexit)
		wg.Wait()
		return true
	}},
	{"Pool without New may give nothing", func() bool {
		var p sync.Pool
		return p.Get() == nil
	}},

	{"Go of a full group waits, TryGo does not", func() bool {
		var g errgroup.Group
		g.SetLimit(1)
		c := make(chan int)
		g.Go(func() error { <-c; return nil })
		tried := g.TryGo(func() error { return nil })
		waits := blocks(func() { g.Go(func() error { return nil }) })
		close(c)
		synctest.Wait()
		return !tried && waits && g.Wait() == nil
	}},
	{"the first error cancels the group's context, and so does Wait", func() bool {
		g, ctx := errgroup.WithContext(context.Background())
		c := make(chan int)
		g.Go(func() error { <-c; return io.EOF })
		early := closed(ctx.Done())
		close(c)
		synctest.Wait()
		cancelled := closed(ctx.Done()) && g.Wait() == io.EOF
		g, ctx = errgroup.WithContext(context.Background())
		_ = g.Wait()
		return !early && cancelled && closed(ctx.Done())
	}},
	{"a semaphore serves in turn: a small request waits behind a large one", func() bool {
		s := semaphore.NewWeighted(2)
		_ = s.Acquire(context.Background(), 1)
		large := blocks(func() { _ = s.Acquire(context.Background(), 2); s.Release(2) })
		small := blocks(func() { _ = s.Acquire(context.Background(), 1); s.Release(1) })
		tried := s.TryAcquire(1)
		s.Release(1)
		synctest.Wait()
		return large && small && !tried && s.TryAcquire(2)
	}},
	{"Acquire gives up when its context is done, and takes nothing", func() bool {
		s := semaphore.NewWeighted(1)
		_ = s.Acquire(context.Background(), 1)
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		err := s.Acquire(ctx, 1)
		s.Release(1)
		return err != nil && s.TryAcquire(1)
	}},
	{"singleflight shares a call in flight and starts anew after Forget", func() bool {
		var g singleflight.Group
		c := make(chan int)
		n := 0
		go g.Do("k", func() (any, error) { n++; <-c; return nil, nil })
		synctest.Wait()
		shares := blocks(func() { g.Do("k", func() (any, error) { n++; return nil, nil }) }) && n == 1
		g.Forget("k")
		anew := !blocks(func() { g.Do("k", func() (any, error) { n++; return nil, nil }) }) && n == 2
		close(c)
		synctest.Wait()
		return shares && anew
	}},
	{"the channel of DoChan has a buffer", func() bool {
		var g singleflight.Group
		return cap(g.DoChan("k", func() (any, error) { return nil, nil })) == 1
	}},

	{"a pipe's Write waits for a Read, and a Close of either end frees both", func() bool {
		for _, byReader := range []bool{true, false} {
			r, w := io.Pipe()
			var err error
			c := make(chan int)
			if !blocks(func() { _, err = w.Write([]byte("x")); close(c) }) {
				return false
			}
			if byReader {
				r.Close()
			} else {
				w.Close()
			}
			<-c
			if _, again := r.Read(make([]byte, 1)); err == nil || again == nil {
				return false
			}
		}
		return true
	}},
	{"one Write may serve two Reads", func() bool {
		r, w := io.Pipe()
		go w.Write([]byte("xy"))
		b := make([]byte, 1)
		_, err1 := r.Read(b)
		_, err2 := r.Read(b)
		return err1 == nil && err2 == nil
	}},
	{"rpc's Go panics on an unbuffered channel", func() (panics bool) {
		a, b := pipeConn()
		defer b.Close()
		client := rpc.NewClient(a)
		defer client.Close()
		defer func() { panics = recover() != nil }()
		client.Go("m", 1, new(int), make(chan *rpc.Call))
		return false
	}},
}

// TestReality justifies the models by what the real packages do.
func TestReality(t *testing.T) {
	for _, tt := range reality {
		t.Run(tt.claim, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				if !tt.holds() {
					t.Error("does not hold")
				}
			})
		})
	}
}

// A reader waits behind a writer that waits. A bubble cannot tell waiting for a
// lock from running, hence the loop.
func TestRealWriterPreference(t *testing.T) {
	var mu sync.RWMutex
	mu.RLock()
	done := make(chan bool)
	go func() {
		mu.Lock()
		defer mu.Unlock()
		close(done)
	}()
	for mu.TryRLock() { // until the writer is there
		mu.RUnlock()
		runtime.Gosched()
	}
	mu.RUnlock()
	<-done
}

// A second caller of Once waits for the first.
func TestRealOnceWaits(t *testing.T) {
	var once sync.Once
	var done atomic.Bool
	inside, leave := make(chan bool), make(chan bool)
	go once.Do(func() {
		close(inside)
		<-leave
		done.Store(true)
	})
	<-inside
	time.AfterFunc(time.Millisecond, func() { close(leave) })
	once.Do(func() { t.Error("runs twice") })
	if !done.Load() {
		t.Error("did not wait")
	}
}

// A sequence runs up to its next yield when next is called, and to its end when
// stop is; its caller waits that long.
func TestRealPull(t *testing.T) {
	var trace []string
	next, stop := iter.Pull(func(yield func(int) bool) {
		trace = append(trace, "begin")
		if yield(1) {
			trace = append(trace, "go on")
			yield(2)
		}
		trace = append(trace, "end")
	})
	v, ok := next()
	stop()
	_, more := next()
	if v != 1 || !ok || more || len(trace) != 2 || trace[1] != "end" {
		t.Errorf("got %d, %v, then %v; trace %q", v, ok, more, trace)
	}
	_, stop = iter.Pull(func(func(int) bool) { t.Error("a sequence that is stopped first does not run") })
	stop()
}
