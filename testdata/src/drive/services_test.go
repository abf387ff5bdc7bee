//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"example.com/corpus/goroutineleak/endless"
	"example.com/corpus/goroutineleak/forgotten"
	"example.com/corpus/goroutineleak/generator"
	"example.com/corpus/goroutineleak/stopsignal"
	"example.com/corpus/goroutineleak/workerexit"
	"example.com/corpus/unclosedchan/ticking"
)

type users []generator.User

func (u users) List(_ context.Context, page int) ([]generator.User, bool, error) {
	return u[page : page+1], page+1 < len(u), nil
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errBroken }

type locker struct{}

func (locker) Acquire(string, time.Duration) error { return nil }
func (locker) Renew(string) error                  { return nil }
func (locker) Release(string) error                { return nil }

func init() {
	type find = func(generator.Entry, int64) (string, error)
	twin[find](generator.Find, generator.FindFixed, func(f find) {
		root := generator.Entry{Path: "/", Children: []generator.Entry{{Path: "a", Size: 1}, {Path: "b", Size: 9}, {Path: "c"}}}
		f(root, 100)
		f(root, 5)
	})

	type parsing = func(string) ([]string, error)
	twin[parsing](generator.Parse, generator.ParseFixed, func(f parsing) {
		f("1 + 2 - 3")
		f("1 + + 2")
	})

	type assign = func([]string, map[int]bool) map[string]int
	twin[assign](generator.Assign, generator.AssignFixed, func(f assign) {
		f([]string{"a", "b"}, map[int]bool{1: true, 3: true})
	})

	type locate = func(generator.API, string) (*generator.User, error)
	twin[locate](generator.Locate, generator.LocateFixed, func(f locate) {
		all := users{{Login: "a"}, {Login: "b"}, {Login: "c"}}
		f(all, "x")
		f(all, "a")
	})

	type sample = func(int, int, func(int) bool) []int
	twin[sample](generator.Sample, generator.SampleFixed, func(f sample) {
		f(10, 100, func(int) bool { return true })
		f(10, 2, func(int) bool { return true })
	})

	type head = func(io.Reader, int) []string
	twin[head](generator.Head, generator.HeadFixed, func(f head) {
		f(lines("a;b\nc;d"), 10)
		f(lines("a\nb\nc\nd\ne\nf\ng\nh"), 1)
	})

	type latest = func(func() ([]generator.Item, error), time.Duration) (generator.Item, bool)
	twin[latest](generator.Latest, generator.LatestFixed, func(f latest) {
		f(func() ([]generator.Item, error) {
			return []generator.Item{{}, {Time: time.Now()}, {}}, nil
		}, time.Hour)
	})

	type store = func([]string, func([]string) error) error
	twin[store](forgotten.Store, forgotten.StoreFixed, func(f store) {
		flush := func([]string) error { return nil }
		f([]string{"a", "b"}, flush)
		f([]string{"a", "\xff"}, flush)
	})

	type follow = func([]string, func(string) error) (int, error)
	twin[follow](forgotten.Follow, forgotten.FollowFixed, func(f follow) {
		f([]string{"a", "b"}, execute)
		f([]string{"a", "bad"}, execute)
	})

	type probe = func(map[string]io.Closer, func(string) error) []string
	twin[probe](forgotten.Probe, forgotten.ProbeFixed, func(f probe) {
		f(map[string]io.Closer{"a": server("a"), "bad": server("b")}, execute)
	})

	type render = func(func() (bool, error)) (int, error)
	twin[render](forgotten.Render, forgotten.RenderFixed, func(f render) {
		f(func() (bool, error) { return false, nil })
		f(func() (bool, error) { return false, errBroken })
	})

	type steps = func(io.Writer, []string)
	twin[steps](forgotten.Steps, forgotten.StepsFixed, func(f steps) { f(io.Discard, []string{"a"}) })

	twin(forgotten.Count, forgotten.CountFixed, func(f func([]func()) int) {
		f([]func(){func() {}, func() { panic(1) }, func() {}})
	})

	type warm = func([]string, func(string) (string, error)) (map[string]string, error)
	twin[warm](forgotten.Warm, forgotten.WarmFixed, func(f warm) { f([]string{"a", "b"}, echo) })

	pair[func(io.Closer) io.Closer]("goroutineleak/stopsignal.Listener",
		func(c io.Closer) io.Closer { return stopsignal.Listen(c) },
		func(c io.Closer) io.Closer { return stopsignal.ListenFixed(c) },
		func(f func(io.Closer) io.Closer) { f(server("a")).Close() })

	type serve = func(net.Listener, http.Handler, func()) io.Closer
	twin[serve](stopsignal.Serve, stopsignal.ServeFixed, func(f serve) {
		f(listener(), http.NotFoundHandler(), nop).Close()
	}, outside)

	type blocks interface {
		Next() ([]byte, error)
		io.Closer
	}
	pair("goroutineleak/stopsignal.Reader",
		func(r io.Reader) blocks { return stopsignal.NewReader(r) },
		func(r io.Reader) blocks { return stopsignal.NewReaderFixed(r) },
		func(f func(io.Reader) blocks) {
			f(strings.NewReader("")).Close()
			f(strings.NewReader("a")).Close()
		})

	type resumer interface{ Resume() }
	type newPlayer = func(songs []string, play func(string), paused bool) resumer
	pair[newPlayer]("goroutineleak/stopsignal.Player",
		func(s []string, p func(string), b bool) resumer { return stopsignal.NewPlayer(s, p, b) },
		func(s []string, p func(string), b bool) resumer { return stopsignal.NewPlayerFixed(s, p, b) },
		func(f newPlayer) {
			f([]string{"a"}, func(string) {}, false)
			f([]string{"a"}, func(string) {}, true).Resume()
		})

	type agent interface {
		Reload(string)
		Stop()
	}
	pair("goroutineleak/stopsignal.Agent",
		func() agent { return stopsignal.NewAgent("a") },
		func() agent { return stopsignal.NewAgentFixed("a") },
		func(f func() agent) {
			a := f()
			a.Reload("b")
			a.Stop()
			a.Stop()
		})

	type stopper interface {
		Now()
		Stop()
	}
	type newStopper = func(time.Duration, func() float64) stopper
	pair[newStopper]("goroutineleak/stopsignal.Thermostat",
		func(d time.Duration, read func() float64) stopper { return stopsignal.NewThermostat(d, read) },
		func(d time.Duration, read func() float64) stopper { return stopsignal.NewThermostatFixed(d, read) },
		func(f newStopper) {
			t := f(time.Minute, func() float64 { return 21 })
			t.Now()
			t.Stop()
		}, spins)

	pair("goroutineleak/stopsignal.Heartbeat",
		func(f func() error) io.Closer { return stopsignal.Connect(f, 3) },
		func(f func() error) io.Closer { return stopsignal.ConnectFixed(f, 3) },
		func(f func(func() error) io.Closer) {
			f(func() error { return errBroken }).Close()
			f(func() error { return nil }).Close()
		})

	type convert = func([]string, int, func(string) (string, error)) <-chan string
	twin[convert](workerexit.Convert, workerexit.ConvertFixed, func(f convert) {
		for range f([]string{"a", "b"}, 2, echo) {
		}
		for range f([]string{"bad", "a", "b"}, 1, echo) {
		}
	})

	type sync = func(context.Context, []workerexit.Object, int, func(context.Context, workerexit.Object) error) error
	twin[sync](workerexit.Sync, workerexit.SyncFixed, func(f sync) {
		objects := []workerexit.Object{
			{Key: "a", Size: 1}, {Key: "bad", Size: 1}, {Key: "bad", Size: 1}, {Key: "c", Size: 1}, {Key: "d", Size: 1},
		}
		f(background, objects, 2, func(_ context.Context, o workerexit.Object) error { return execute(o.Key) })
	})

	type load = func(context.Context, func() (string, bool), func(string) error) error
	twin[load](workerexit.Load, workerexit.LoadFixed, func(f load) {
		f(background, func() (string, bool) { return "bad", true }, execute)
	})

	twin(workerexit.Upload, workerexit.UploadFixed, func(f func([]string, func(string) error) int) {
		f(slices.Repeat([]string{"a"}, 30), execute)
		f(slices.Repeat([]string{"bad"}, 30), execute)
	})

	type relay = func(io.Writer, io.Reader, int) error
	twin[relay](workerexit.Relay, workerexit.RelayFixed, func(f relay) {
		f(io.Discard, lines("some text"), 4)
		f(failingWriter{}, lines("some more text"), 4)
	})

	type progress = func(io.Writer, time.Duration, func(func(int)) error) error
	twin[progress](ticking.Progress, ticking.ProgressFixed, func(f progress) {
		f(io.Discard, time.Second, func(advance func(int)) error {
			time.Sleep(3 * time.Second)
			advance(1)
			return nil
		})
	})

	type probes interface {
		Add(string, func())
		Remove(string)
		Close()
	}
	pair[func() probes]("goroutineleak/endless.Probes",
		func() probes { return endless.NewProbes() },
		func() probes { return endless.NewProbesFixed() },
		func(f func() probes) {
			p := f()
			p.Add("a", func() {})
			p.Remove("a")
			p.Close()
		})

	type retry = func(<-chan string, func(string) error, time.Duration)
	twin[retry](endless.Retry, endless.RetryFixed, func(f retry) {
		queue := make(chan string, 2)
		queue <- "a"
		queue <- "b"
		close(queue)
		f(queue, func(string) error { return errBroken }, time.Millisecond)
	}, spins)

	type total = func([]func() ([]int, error)) (int64, error)
	twin[total](endless.Total, endless.TotalFixed, func(f total) {
		f([]func() ([]int, error){func() ([]int, error) { return []int{1, 0, 2}, nil }})
	}, spins)

	type record = func(io.Writer, io.Reader) error
	twin[record](endless.Record, endless.RecordFixed, func(f record) {
		f(io.Discard, strings.NewReader("a\nb\n"))
	}, spins)

	type pulse = func(time.Duration, func(), func() error) error
	twin[pulse](endless.Pulse, endless.PulseFixed, func(f pulse) {
		f(time.Minute, func() {}, func() error { return nil })
	}, spins)

	type refresh = func(endless.Locker, string, time.Duration, func() error) error
	twin[refresh](endless.Refresh, endless.RefreshFixed, func(f refresh) {
		f(locker{}, "a", time.Minute, func() error { return nil })
	})

	twin[func() func()](endless.Poll, endless.PollFixed, func(f func() func()) { f()() })

	type monitor = func(context.Context, func() float64, float64, func(float64))
	twin[monitor](endless.Monitor, endless.MonitorFixed, func(f monitor) {
		f(within(10*time.Millisecond), func() float64 { return 1 }, 0, func(float64) {})
	}, spins)
}
