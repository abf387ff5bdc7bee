//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"example.com/corpus/closedchan/lifecycle"
	"example.com/corpus/closedchan/nevermade"
	"example.com/corpus/closedchan/owner"
	"example.com/corpus/goroutineleak/group"
	"example.com/corpus/goroutineleak/waitbefore"
	"example.com/corpus/waitgroup/balance"
	"example.com/corpus/waitgroup/donepath"
	tasks "example.com/corpus/waitgroup/group"
	"example.com/corpus/waitgroup/waitplace"
)

// slowWriter takes its time for each write.
type slowWriter struct{ http.ResponseWriter }

func (w slowWriter) Write(p []byte) (int, error) {
	time.Sleep(5 * time.Millisecond)
	return w.ResponseWriter.Write(p)
}

type closer func()

func (c closer) Close() error { c(); return nil }

func init() {
	type valid = func([]string, func(string) error) ([]string, error)
	twin[valid](owner.Valid, owner.ValidFixed, func(f valid) {
		f([]string{"a", "b"}, execute)
		f([]string{"a", "bad"}, execute)
	})

	twin(owner.Gather, owner.GatherFixed, func(f func([]func() string, time.Duration) []string) {
		f([]func() string{
			func() string { return "a" },
			func() string { time.Sleep(time.Minute); return "b" },
		}, time.Second)
	})

	twin(owner.Await, owner.AwaitFixed, func(f func([]func() error, func(int)) bool) {
		ok, fail := func() error { return nil }, func() error { return errBroken }
		f([]func() error{ok, ok}, func(int) {})
		f([]func() error{ok, fail, fail}, func(int) {})
	})

	type deliver = func([]owner.Mail, int, func(owner.Mail) error) int
	twin[deliver](owner.Deliver, owner.DeliverFixed, func(f deliver) {
		f([]owner.Mail{{To: "a"}, {To: "b"}}, 2, func(m owner.Mail) error { return execute(m.To) })
		f([]owner.Mail{{To: "a"}, {To: "bad"}}, 2, func(m owner.Mail) error { return execute(m.To) })
	})

	type until = func(context.Context, func(<-chan struct{}) error) error
	twin[until](owner.RunUntil, owner.RunUntilFixed, func(f until) {
		f(background, func(<-chan struct{}) error { return nil })
		f(within(time.Second), func(quit <-chan struct{}) error { <-quit; return nil })
	})

	twin(owner.Wait, owner.WaitFixed, func(f func(string, func() string) int) {
		f("aaa", func() func() string {
			s := ""
			return func() string { s += "a"; return s }
		}())
	})

	type starter interface {
		Start()
		Stop()
	}
	pair[func() starter]("closedchan/lifecycle.Server.Stop",
		func() starter { return &lifecycle.Server{Handle: func() {}} },
		func() starter { return &lifecycle.ServerFixed{Handle: func() {}} },
		func(f func() starter) {
			s := f()
			s.Start()
			s.Start()
			s.Stop()
			s.Stop()
		})

	twice := func(f func() starter) {
		s := f()
		s.Start()
		s.Stop()
		s.Stop()
	}
	pair[func() starter]("closedchan/lifecycle.Tail.Stop",
		func() starter { return lifecycle.NewTail() },
		func() starter { return lifecycle.NewTailFixed() }, twice)

	type runner interface {
		Run()
		Enter()
		Stop()
	}
	pair[func() runner]("closedchan/lifecycle.Gate.Run",
		func() runner { return lifecycle.NewGate() },
		func() runner { return lifecycle.NewGateFixed() },
		func(f func() runner) {
			g := f()
			go g.Run()
			g.Enter()
			go g.Stop()
			g.Run()
		})

	type gate interface{ Open() }
	pair[func(...func()) gate]("closedchan/nevermade.Gate.Open",
		func(tasks ...func()) gate { return nevermade.NewGate(tasks...) },
		func(tasks ...func()) gate { return nevermade.NewGateFixed(tasks...) },
		func(f func(...func()) gate) { f(func() {}).Open() })

	type conn interface {
		Close()
		Done() <-chan struct{}
	}
	pair[func(func(string)) conn]("closedchan/lifecycle.Conn.Close",
		func(log func(string)) conn { return lifecycle.NewConn(log) },
		func(log func(string)) conn { return lifecycle.NewConnFixed(log) },
		func(f func(func(string)) conn) {
			c := f(func(string) { time.Sleep(5 * time.Millisecond) })
			var wg sync.WaitGroup
			wg.Go(c.Close)
			wg.Go(c.Close)
			wg.Wait()
			<-c.Done()
		}, outside)

	type sides interface {
		Serve(read, write func() error)
	}
	pair[func(func(string)) sides]("closedchan/lifecycle.Sides.fail",
		func(log func(string)) sides { return lifecycle.NewSides(log) },
		func(log func(string)) sides { return lifecycle.NewSidesFixed(log) },
		func(f func(func(string)) sides) {
			s := f(func(string) { time.Sleep(5 * time.Millisecond) })
			broken := func() error { return errBroken }
			s.Serve(broken, broken)
			time.Sleep(20 * time.Millisecond)
		}, outside)

	type feed interface {
		Join() chan string
		Leave(chan string)
		Send(func() string)
	}
	pair[func() feed]("closedchan/lifecycle.Feed.Send",
		func() feed { return lifecycle.NewFeed() },
		func() feed { return lifecycle.NewFeedFixed() },
		func(f func() feed) {
			d := f()
			c := d.Join()
			d.Send(func() string {
				go d.Leave(c)
				time.Sleep(5 * time.Millisecond)
				return "a"
			})
		}, outside)

	pair[func() (io.Closer, io.Closer)]("closedchan/lifecycle.Line.Close",
		func() (io.Closer, io.Closer) {
			d := lifecycle.NewDesk()
			return closer(d.Close), closer(d.Call().Close)
		},
		func() (io.Closer, io.Closer) {
			d := lifecycle.NewDeskFixed()
			return closer(d.Close), closer(d.Call().Close)
		},
		func(f func() (io.Closer, io.Closer)) {
			desk, line := f()
			desk.Close()
			line.Close()
		})

	pair[func() http.Handler]("closedchan/lifecycle.Admin.end",
		func() http.Handler { return lifecycle.NewAdmin() },
		func() http.Handler { return lifecycle.NewAdminFixed() },
		func(f func() http.Handler) {
			a := f()
			var wg sync.WaitGroup
			for range 2 {
				wg.Go(func() {
					a.ServeHTTP(slowWriter{httptest.NewRecorder()}, httptest.NewRequest(http.MethodPost, "/shutdown", nil))
				})
			}
			wg.Wait()
		}, outside)

	type hub interface {
		Join(func(string) bool) chan string
		Evict(chan string)
		Publish(string)
	}
	pair[func() hub]("closedchan/lifecycle.Hub.Evict",
		func() hub { return lifecycle.NewHub() },
		func() hub { return lifecycle.NewHubFixed() },
		func(f func() hub) {
			h := f()
			c := h.Join(func(string) bool { return true })
			h.Publish("a")
			h.Evict(c)
			h.Evict(c)
		})

	type topic interface {
		Join(string) <-chan string
		Leave(string)
		Send(string, func(string) bool)
	}
	pair[func() topic]("closedchan/lifecycle.Topic.Send",
		func() topic { return lifecycle.NewTopic() },
		func() topic { return lifecycle.NewTopicFixed() },
		func(f func() topic) {
			t := f()
			c := t.Join("a")
			accepting := make(chan bool, 1)
			left := make(chan bool)
			go func() {
				<-accepting
				t.Leave("a")
				close(left)
			}()
			t.Send("hello", func(string) bool { accepting <- true; time.Sleep(10 * time.Millisecond); return true })
			<-left
			for range c {
			}
		}, outside)

	type flag interface {
		Raise()
		Lower()
		Raised() <-chan struct{}
	}
	pair[func() flag]("closedchan/lifecycle.Flag.Raise",
		func() flag { return lifecycle.NewFlag() },
		func() flag { return lifecycle.NewFlagFixed() },
		func(f func() flag) {
			l := f()
			l.Raise()
			l.Raise()
			<-l.Raised()
			l.Lower()
			l.Raise()
		})

	type cp = func(io.Writer, func() (string, bool), time.Duration)
	twin[cp](lifecycle.Copy, lifecycle.CopyFixed, func(f cp) {
		n := 0
		f(io.Discard, func() (string, bool) { n++; time.Sleep(time.Second); return "line", n < 10 }, time.Minute)
		n = 0
		f(io.Discard, func() (string, bool) { n++; time.Sleep(time.Second); return "line", n < 10 }, 5*time.Second)
	})

	type fetch = func([]string, func(string) ([]byte, error)) map[string][]byte
	twin[fetch](donepath.FetchAll, donepath.FetchAllFixed, func(f fetch) {
		f([]string{"a", "bad"}, func(s string) ([]byte, error) { return nil, execute(s) })
	})

	type orders = func([]donepath.Order, int, func(donepath.Order) error) int
	twin[orders](donepath.Orders, donepath.OrdersFixed, func(f orders) {
		f([]donepath.Order{{ID: 1, Items: []string{"a"}}, {ID: 2}}, 2, func(donepath.Order) error { return nil })
	})

	twin(donepath.Plugins, donepath.PluginsFixed, func(f func(map[string]func()) int) {
		f(map[string]func(){"a": func() {}, "b": func() { panic("b") }})
	})

	type replay = func(log []donepath.Command, set, del func(string)) error
	twin[replay](donepath.Replay, donepath.ReplayFixed, func(f replay) {
		f([]donepath.Command{{Kind: 's'}, {Kind: 'd'}, {Kind: 'x'}}, func(string) {}, func(string) {})
	})

	twin(donepath.Scan, donepath.ScanFixed, func(f func(context.Context, []int, func(int) error) []int) {
		f(within(time.Second), make([]int, 9), func(int) error { time.Sleep(time.Minute); return nil })
	})

	twin(donepath.Build, donepath.BuildFixed, func(f func(map[string]func() error) error) {
		f(map[string]func() error{"a": func() error { return nil }, "b": func() error { return errBroken }})
	})

	twin(balance.Deal, balance.DealFixed, func(f func(*balance.Batch, func(string))) { f(&balance.Batch{Items: []string{"a"}}, func(string) {}) })
	twin(balance.Lint, balance.LintFixed, func(f func([]string, func(string) int) int) {
		f([]string{"a.go", "README"}, func(string) int { return 1 })
	})

	type guests interface {
		Join(int)
		Leave()
		Wait()
	}
	pair("waitgroup/balance.Guests.Wait",
		func(n int) guests { return balance.NewGuests(n) },
		func(n int) guests { return balance.NewGuestsFixed(n) },
		func(f func(int) guests) {
			g := f(2)
			g.Join(1)
			g.Leave()
			g.Leave()
			g.Leave()
			g.Wait()
		})

	type broadcast = func([]balance.Client, string) int
	twin[broadcast](balance.Broadcast, balance.BroadcastFixed, func(f broadcast) {
		f([]balance.Client{receiver("a"), receiver("b")}, "hello")
	})

	twin(balance.Snapshot, balance.SnapshotFixed, func(f func([]string, func(string) error) error) {
		f([]string{"a", "bad"}, execute)
	})

	twin(balance.Gather, balance.GatherFixed, func(f func(int) *balance.Crowd) { f(2).Close() })
	twin(balance.Hash, balance.HashFixed, func(f func([][]byte, int) []uint32) { f([][]byte{{1}, {2}}, 4) })

	type validate = func(map[string]string, map[string]func(map[string]string) (bool, error)) []string
	twin[validate](balance.Validate, balance.ValidateFixed, func(f validate) {
		f(nil, map[string]func(map[string]string) (bool, error){
			"a": func(map[string]string) (bool, error) { return false, errBroken },
			"b": func(map[string]string) (bool, error) { time.Sleep(time.Second); return false, errBroken },
		})
	})

	type tunnel = func(io.Writer, io.Reader, io.Reader, io.Writer) (int64, int64)
	twin[tunnel](balance.Tunnel, balance.TunnelFixed, func(f tunnel) {
		f(io.Discard, strings.NewReader("a"), strings.NewReader("b"), io.Discard)
		f(io.Discard, strings.NewReader("a"), nil, nil)
	})

	pair("waitgroup/waitplace.Stream", waitplace.Stream, waitplace.StreamFixed, func(f func([]func() []int) <-chan int) {
		for range f([]func() []int{func() []int { return []int{1, 2} }, func() []int { return nil }}) {
		}
	})

	twin(waitplace.Levels, waitplace.LevelsFixed, func(f func(int, func(int) []int, func(int))) {
		f(1, func(n int) []int {
			if n > 3 {
				return nil
			}
			return []int{2 * n, 2*n + 1}
		}, func(int) {})
	})

	type walk = func(*tasks.Node, int, func(*tasks.Node) error) error
	twin[walk](tasks.Walk, tasks.WalkFixed, func(f walk) {
		f(&tasks.Node{Kids: []*tasks.Node{{}, {}}}, 1, func(*tasks.Node) error { return nil })
	})

	type prefetch = func(context.Context, []string, func(context.Context, string) error) error
	twin[prefetch](tasks.Prefetch, tasks.PrefetchFixed, func(f prefetch) {
		f(background, []string{"a", "b"}, func(context.Context, string) error { return nil })
	})

	twin(tasks.Publish, tasks.PublishFixed, func(f func([]func() error, func() error) error) {
		f([]func() error{func() error { return nil }}, func() error { return nil })
	})

	twin(waitbefore.Rank, waitbefore.RankFixed, func(f func([]string, func(string) int) []int) {
		f([]string{"a", "b"}, func(string) int { return 1 })
	})

	twin(waitbefore.Audit, waitbefore.AuditFixed, func(f func([]string, func(string) bool) []string) {
		f([]string{"a", "b"}, func(s string) bool { return s == "a" })
	})

	twin(waitbefore.Crunch, waitbefore.CrunchFixed, func(f func([]int, func(int) (int, error)) (int, error)) {
		f([]int{1, 2}, func(n int) (int, error) {
			if n > 1 {
				return 0, errors.ErrUnsupported
			}
			return n, nil
		})
	})

	twin(waitbefore.Batches, waitbefore.BatchesFixed, func(f func([]string, int, func(string) error) int) {
		f([]string{"bad", "bad", "bad", "a"}, 2, execute)
	})

	type ingest = func(context.Context, []func(context.Context) (int, error), bool, func(int)) error
	twin[ingest](group.Ingest, group.IngestFixed, func(f ingest) {
		one := func(context.Context) (int, error) { return 1, nil }
		f(background, []func(context.Context) (int, error){one, one}, true, func(int) {})
		f(background, []func(context.Context) (int, error){one, nil}, true, func(int) {})
	})
}

type receiver string

func (receiver) Send(string) error { return nil }
