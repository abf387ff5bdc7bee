//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"net/http"
	"net/http/httptest"
	"time"

	"example.com/corpus/goroutineleak/timeout"
)

// slow answers everything after a while.
type slow time.Duration

const (
	soon = slow(10 * time.Millisecond)
	late = slow(3 * time.Second)
)

func (s slow) RoundTrip(string) (string, error) { time.Sleep(time.Duration(s)); return "pong", nil }

func (s slow) Select(string, ...any) ([]timeout.Row, error) {
	time.Sleep(time.Duration(s))
	return []timeout.Row{{1}}, nil
}

func (s slow) Name() string { return "part" }

func (s slow) Stop() error { time.Sleep(time.Duration(s)); return nil }

func (s slow) Addrs(string) ([]string, error) {
	time.Sleep(time.Duration(s))
	return []string{"::1"}, nil
}

// within returns a context that ends after d.
func within(d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), d)
	time.AfterFunc(d+time.Second, cancel)
	return ctx
}

func init() {
	type ping = func(timeout.Conn, time.Duration) (time.Duration, error)
	twin[ping](timeout.Ping, timeout.PingFixed, func(f ping) {
		f(soon, time.Second)
		f(late, time.Second)
	})

	type query = func(context.Context, timeout.DB, string, ...any) ([]timeout.Row, error)
	twin[query](timeout.Query, timeout.QueryFixed, func(f query) {
		f(within(time.Second), soon, "select 1")
		f(within(time.Second), late, "select 1")
	})

	type call = func(context.Context, func() (string, error)) (string, error)
	pair[call]("goroutineleak/timeout.Call", timeout.Call[string], timeout.CallFixed[string], func(f call) {
		f(within(time.Second), func() (string, error) { return soon.RoundTrip("") })
		f(within(time.Second), func() (string, error) { return "", errBroken })
		f(within(time.Second), func() (string, error) { return late.RoundTrip("") })
	})

	type key = func(time.Duration, func(string) (string, error)) (string, error)
	pair[key]("goroutineleak/timeout.Client.Key",
		func(d time.Duration, fetch func(string) (string, error)) (string, error) {
			return (&timeout.Client{Timeout: d, Fetch: fetch}).Key("editor")
		},
		func(d time.Duration, fetch func(string) (string, error)) (string, error) {
			return (&timeout.ClientFixed{Timeout: d, Fetch: fetch}).Key("editor")
		},
		func(f key) {
			f(time.Second, soon.RoundTrip)
			f(time.Second, late.RoundTrip)
		})

	type shutdown = func([]timeout.Component, time.Duration, func(string, error))
	twin[shutdown](timeout.Shutdown, timeout.ShutdownFixed, func(f shutdown) {
		f([]timeout.Component{soon, late, soon}, time.Second, func(string, error) {})
	})

	type lookup = func(context.Context, timeout.Resolver, string, int) ([]string, error)
	twin[lookup](timeout.Lookup, timeout.LookupFixed, func(f lookup) {
		f(background, soon, "localhost", 2)
		f(background, late, "localhost", 2)
	})

	type hear interface{ Hear([]byte) (string, bool) }
	type newSession = func(func([]byte) string, time.Duration) hear
	pair[newSession]("goroutineleak/timeout.Session.Hear",
		func(r func([]byte) string, d time.Duration) hear { return timeout.NewSession(r, d) },
		func(r func([]byte) string, d time.Duration) hear { return timeout.NewSessionFixed(r, d) },
		func(f newSession) {
			s := f(func([]byte) string { time.Sleep(time.Second); return "hello" }, 500*time.Millisecond)
			s.Hear(nil)
			s.Hear([]byte("audio"))
		})

	type handler = func(func(string) ([]byte, error), time.Duration) http.HandlerFunc
	twin[handler](timeout.Handler, timeout.HandlerFixed, func(f handler) {
		h := f(func(string) ([]byte, error) { time.Sleep(time.Second); return nil, nil }, 500*time.Millisecond)
		h(httptest.NewRecorder(), httptest.NewRequest("GET", "/report?id=1", nil))
	})

	type wait = func(kill func() error, wait func() (int, error)) (int, error)
	pair[wait]("goroutineleak/timeout.Waiter.Wait",
		func(kill func() error, w func() (int, error)) (int, error) {
			return (&timeout.Waiter{Grace: time.Second, Kill: kill}).Wait(w)
		},
		func(kill func() error, w func() (int, error)) (int, error) {
			return (&timeout.WaiterFixed{Grace: time.Second, Kill: kill}).Wait(w)
		},
		func(f wait) {
			proc := func() (int, error) { time.Sleep(2 * time.Second); return 0, nil }
			f(func() error { return nil }, proc)
			f(func() error { return errBroken }, proc)
		})
}
