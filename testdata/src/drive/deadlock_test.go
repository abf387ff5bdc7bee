//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"io"
	"net"
	"slices"
	"time"

	"example.com/corpus/deadlock/explored/absent"
	"example.com/corpus/deadlock/explored/behind"
	"example.com/corpus/deadlock/explored/dispatch"
	"example.com/corpus/deadlock/explored/serviceloop"
	"example.com/corpus/deadlock/explored/slots"
	"example.com/corpus/deadlock/explored/unanswered"
	"example.com/corpus/deadlock/explored/zero"
)

func (s server) Write(key, value string) error { return s.err() }

func init() {
	type runner interface {
		Start(context.Context, string, func(context.Context) error)
		Wait(string) error
	}
	pair("deadlock/explored/unanswered.Runner.Wait",
		func() runner { return &unanswered.Runner{} },
		func() runner { return &unanswered.RunnerFixed{} },
		func(f func() runner) {
			r := f()
			r.Start(background, "a", func(context.Context) error { return nil })
			r.Wait("b")
			r.Wait("a")
		})

	type count = func(map[string]*unanswered.Doc, func(string) bool) int
	twin[count](unanswered.Count, unanswered.CountFixed, func(f count) {
		f(map[string]*unanswered.Doc{"a": {}, "b": {}, "c": nil}, func(name string) bool { return name == "a" })
	})

	type lamp interface{ Ask(bool) bool }
	pair("deadlock/explored/unanswered.Lamp.Ask",
		func() lamp { return unanswered.NewLamp() },
		func() lamp { return unanswered.NewLampFixed() },
		func(f func() lamp) { f().Ask(true) })

	type uploader interface{ Upload(string) error }
	pair("deadlock/explored/slots.Uploader",
		func() uploader { return slots.NewUploader(func(string) error { return nil }) },
		func() uploader { return slots.NewUploaderFixed(func(string) error { return nil }) },
		func(f func() uploader) {
			u := f()
			for range 3 {
				u.Upload("")
			}
		})
	type shelf interface{ Put(string, string) error }
	pair("deadlock/explored/slots.Store",
		func() shelf { return slots.NewStore() },
		func() shelf { return slots.NewStoreFixed() },
		func(f func() shelf) {
			s := f()
			for range 3 {
				s.Put("a", "b")
			}
		})
	type press interface{ Print(func() error) error }
	pair("deadlock/explored/slots.Press",
		func() press { return slots.NewPress() },
		func() press { return slots.NewPressFixed() },
		func(f func() press) {
			p := f()
			p.Print(func() error { return errBroken })
			p.Print(func() error { return nil })
		})

	type registry interface {
		Add(string)
		Members() []string
		Close()
	}
	pair("deadlock/explored/serviceloop.Registry",
		func() registry { return serviceloop.NewRegistry() },
		func() registry { return serviceloop.NewRegistryFixed() },
		func(f func() registry) {
			r := f()
			r.Add("a")
			r.Members()
			r.Close()
			r.Members()
			r.Add("b")
		})

	type store interface {
		Get(string) string
		Set(k, v string)
		Close()
	}
	pair("deadlock/explored/serviceloop.Store",
		func(n int) store { return serviceloop.OpenStore(n) },
		func(n int) store { return serviceloop.OpenStoreFixed(n) },
		func(f func(int) store) {
			s := f(4)
			s.Set("a", "b")
			for i := range 200 {
				if i == 100 {
					go s.Close()
				}
				go s.Get("a")
			}
		})

	type follow = func(behind.Dial, time.Duration) behind.Feed
	pair[follow]("deadlock/explored/behind.Follow", behind.Follow, behind.FollowFixed, func(f follow) {
		feed := f(func() (func() (string, error), error) {
			return func() (string, error) { return "", io.EOF }, nil
		}, time.Second)
		time.Sleep(10 * time.Millisecond)
		feed.Stop()
	}, outside)

	type stopper interface {
		Next() ([]byte, error)
		Stop()
	}
	pair("deadlock/explored/serviceloop.Reader.Stop",
		func(r io.Reader) stopper { return serviceloop.NewReader(r) },
		func(r io.Reader) stopper { return serviceloop.NewReaderFixed(r) },
		func(f func(io.Reader) stopper) {
			r := f(lines("abc"))
			for _, err := r.Next(); err == nil; _, err = r.Next() {
			}
			r.Stop()
		})

	pair[func() (io.Closer, io.Closer)]("deadlock/explored/serviceloop.Member.Stop",
		func() (io.Closer, io.Closer) {
			c := serviceloop.NewCrew()
			return closer(c.End), closer(c.Hire().Stop)
		},
		func() (io.Closer, io.Closer) {
			c := serviceloop.NewCrewFixed()
			return closer(c.End), closer(c.Hire().Stop)
		},
		func(f func() (io.Closer, io.Closer)) {
			crew, member := f()
			crew.Close()
			member.Close()
		})

	type spooler interface{ Submit(string) error }
	pair("deadlock/explored/serviceloop.Spooler.Submit",
		func(p func(string) error) spooler { return serviceloop.NewSpooler(p) },
		func(p func(string) error) spooler { return serviceloop.NewSpoolerFixed(p) },
		func(f func(func(string) error) spooler) {
			s := f(execute)
			s.Submit("a")
			s.Submit("bad")
			s.Submit("c")
		})

	type submitter interface {
		Submit(string)
		Close()
	}
	pair("deadlock/explored/serviceloop.Crowd.Submit",
		func(p func(string) error) submitter { return serviceloop.NewCrowd(p) },
		func(p func(string) error) submitter { return serviceloop.NewCrowdFixed(p) },
		func(f func(func(string) error) submitter) {
			c := f(execute)
			for range 9 {
				c.Submit("bad")
			}
			c.Close()
		})

	type recorder interface {
		Record(string)
		Stop()
	}
	record := func(f func(func(string)) recorder) {
		r := f(func(string) { time.Sleep(time.Second) })
		go func() {
			for range 99 {
				r.Record("late")
			}
		}()
		time.Sleep(time.Second)
		r.Stop()
	}
	pair("deadlock/explored/serviceloop.Recorder.Record",
		func(w func(string)) recorder { return serviceloop.NewRecorder(w) },
		func(w func(string)) recorder { return serviceloop.NewRecorderFixed(w) }, record)
	pair("deadlock/explored/serviceloop.Tape.Record",
		func(w func(string)) recorder { return serviceloop.NewTape(2, w) },
		func(w func(string)) recorder { return serviceloop.NewTapeFixed(2, w) }, record)

	type feed interface {
		Post(string)
		Follow(func(string) error) error
	}
	pair("deadlock/explored/serviceloop.Feed.Post",
		func() feed { return serviceloop.NewFeed() },
		func() feed { return serviceloop.NewFeedFixed() },
		func(n func() feed) {
			f := n()
			gone := make(chan struct{})
			go func() {
				defer close(gone)
				f.Follow(func(string) error {
					time.Sleep(time.Second)
					return errBroken
				})
			}()
			for {
				select {
				case <-gone:
					return
				default:
					f.Post("news")
				}
			}
		}, outside)

	type task interface{ Result() int }
	pair("deadlock/explored/serviceloop.Task.Result",
		func(f func() int) task { return serviceloop.StartTask(f) },
		func(f func() int) task { return serviceloop.StartTaskFixed(f) },
		func(f func(func() int) task) {
			t := f(func() int { return 1 })
			t.Result()
			t.Result()
		})

	type loop interface {
		Run(context.Context, func()) error
		Close()
	}
	pair("deadlock/explored/serviceloop.Loop.Run",
		func() loop { return serviceloop.NewLoop() },
		func() loop { return serviceloop.NewLoopFixed() },
		func(n func() loop) {
			l := n()
			l.Run(background, func() {})
			l.Close()
			time.Sleep(time.Second)
			l.Run(background, func() {})
		})

	type process = func([]string, int, func(string)) error
	twin[process](zero.Process, zero.ProcessFixed, func(f process) {
		f([]string{"a", "b", "c"}, 2, func(string) {})
		f([]string{"a"}, 2, func(string) {})
	})

	type pool interface {
		Check([]string, func(string) bool) int
	}
	pair("deadlock/explored/zero.Pool.Check",
		func(n int) pool { return zero.NewPool(n) },
		func(n int) pool { return zero.NewPoolFixed(n) },
		func(f func(int) pool) { f(1).Check([]string{"a", ""}, func(s string) bool { return s != "" }) })

	type throttle = func([]zero.Host) map[string]string
	up := func(n int) (hosts []zero.Host) {
		for range n {
			hosts = append(hosts, zero.Host{Up: true, Request: func() (string, error) { return "ok", nil }})
		}
		return hosts
	}
	twin[throttle](zero.Throttle, zero.ThrottleFixed, func(f throttle) {
		f(nil)
		f(up(3))
		f(up(1))
	})

	type sides struct {
		set func(int)
		run func([]func())
	}
	pair("deadlock/explored/zero.Side", sides{zero.SetWidth, zero.Side}, sides{zero.SetWidthFixed, zero.SideFixed}, func(s sides) {
		s.set(0)
		s.run([]func(){func() {}})
	})

	type anyHost = func([]zero.Host) (string, error)
	twin[anyHost](zero.Any, zero.AnyFixed, func(f anyHost) {
		f(up(2))
		f([]zero.Host{{Name: "down"}})
	})

	type replicate = func([]zero.Copy, string, string)
	twin[replicate](zero.Replicate, zero.ReplicateFixed, func(f replicate) {
		f([]zero.Copy{server("a"), server("b"), server("c")}, "k", "v")
		f(nil, "k", "v")
	})

	type window = func([][]byte, int, func([]byte))
	twin[window](zero.Window, zero.WindowFixed, func(f window) {
		f([][]byte{{1}, {2}, {3}}, 2, func([]byte) {})
		f([][]byte{{1, 2, 3}}, 2, func([]byte) {})
	})

	type index = func([]string, int, func(string) ([]string, error)) (map[string]int, error)
	read := func(p string) ([]string, error) { return []string{p}, execute(p) }
	twin[index](dispatch.Index, dispatch.IndexFixed, func(f index) {
		f([]string{"a", "b", "c"}, 2, read)
		f([]string{"bad", "bad", "c"}, 2, read)
	})

	type upload = func(context.Context, []byte, int, func(context.Context, dispatch.Part) error) error
	twin[upload](dispatch.Upload, dispatch.UploadFixed, func(f upload) {
		f(background, make([]byte, 10), 2, func(context.Context, dispatch.Part) error { return nil })
		f(background, make([]byte, 10), 2, func(context.Context, dispatch.Part) error { return errBroken })
	})

	twin(dispatch.Simulate, dispatch.SimulateFixed, func(f func([]func()) int) {
		boom := func() { panic("boom") }
		f([]func(){boom, func() {}, boom, func() {}})
	})

	type drain = func([]string, []func(string) error) int
	twin[drain](dispatch.Drain, dispatch.DrainFixed, func(f drain) {
		f([]string{"a", "bad", "c"}, []func(string) error{execute, execute})
		f([]string{"bad", "bad", "c"}, []func(string) error{execute, execute})
	})

	type limited = func([]string, func(string) (func(), error)) int
	twin[limited](dispatch.Limited, dispatch.LimitedFixed, func(f limited) {
		open := func(t string) (func(), error) { return func() {}, execute(t) }
		f(slices.Repeat([]string{"a"}, 30), open)
		f(slices.Repeat([]string{"bad"}, 30), open)
	})

	type mirror interface {
		Follow(string)
		Refresh(func(string) error)
	}
	pair("deadlock/explored/dispatch.Mirror.Refresh",
		func() mirror { return new(dispatch.Mirror) },
		func() mirror { return new(dispatch.MirrorFixed) },
		func(f func() mirror) {
			m := f()
			for range 9 {
				m.Follow("bad")
			}
			m.Refresh(execute)
		})

	type apply = func([]absent.Change, func() error, bool) error
	twin[apply](absent.Apply, absent.ApplyFixed, func(f apply) {
		f(nil, func() error { return nil }, true)
		f(nil, func() error { return nil }, false)
	})

	twin(absent.Delay, absent.DelayFixed, func(f func(time.Duration, func()) time.Duration) {
		f(time.Second, func() {})
	})

	twin(absent.NewAsker, absent.NewAskerFixed, func(f func() absent.Counter) {
		a := f()
		a.Stop()
		a.Count()
	})
	twin(absent.GreetBack, absent.GreetBackFixed, func(f func(*net.TCPConn, time.Duration) error) {
		f(new(net.TCPConn), time.Hour) // which cannot be read from
	})
	twin(absent.Greet, absent.GreetFixed, func(f func(host, port string) error) {
		ln, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			panic(err)
		}
		defer ln.Close()
		host, port, err := net.SplitHostPort(ln.Addr().String())
		if err != nil {
			panic(err)
		}
		f(host, port)
	})
	type session = func(string, time.Duration, func(context.Context) string) string
	twin[session](absent.Session, absent.SessionFixed, func(f session) {
		f("ada", time.Second, func(context.Context) string { return "bye" })
	})
	twin(absent.Phases, absent.PhasesFixed, func(f func(int, ...func(int))) { f(2, func(int) {}, func(int) {}) })
}
