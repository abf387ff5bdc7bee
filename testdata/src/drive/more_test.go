//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"example.com/corpus/deadlock/explored/exchange"
	"example.com/corpus/deadlock/explored/once"
	"example.com/corpus/deadlock/explored/underlock"
	"example.com/corpus/goroutineleak/callback"
	conds "example.com/corpus/goroutineleak/cond"
	"example.com/corpus/goroutineleak/iterpull"
	"example.com/corpus/goroutineleak/remote"
	"example.com/corpus/goroutineleak/shadow"
	"example.com/corpus/unclosedchan/order"
	copied "example.com/corpus/unclosedchan/shadow"
	tasks "example.com/corpus/waitgroup/group"
)

func (s server) ListenAndServe() error { time.Sleep(time.Minute); return s.err() }

// inbox yields messages with these identities.
type inbox []uint64

func (in *inbox) Recv() (m remote.Message, err error) {
	if len(*in) == 0 {
		return m, io.EOF
	}
	m.ID, *in = (*in)[0], (*in)[1:]
	return m, nil
}

// line answers each line that is written with a fixed text.
type line struct {
	io.Reader
	io.Writer
}

// viewer has every row.
type viewer struct{}

func (viewer) View(_ string, f func()) { f() }

func init() {
	type text = func(callback.Rows, string, func(string) *callback.Row, func(string) string) string
	twin[text](callback.Text, callback.TextFixed, func(f text) {
		title := func(key string) string { return key + ": " }
		f(viewer{}, "a", func(string) *callback.Row { return &callback.Row{Text: "a"} }, title)
		f(viewer{}, "b", func(string) *callback.Row { return nil }, title)
	})

	type oldest = func(string, time.Time) (string, error)
	twin[oldest](callback.Oldest, callback.OldestFixed, func(f oldest) {
		dir, err := os.MkdirTemp("", "corpus")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		for i := range 3 {
			os.WriteFile(filepath.Join(dir, fmt.Sprint(i)), nil, 0o600)
		}
		f(dir, time.Time{})
		f(dir, time.Now().Add(time.Hour))
	}, outside)

	type timed = func(time.Duration, func() error) (bool, error)
	twin[timed](callback.Within, callback.WithinFixed, func(f timed) {
		f(time.Second, func() error { time.Sleep(time.Minute); return nil })
		f(time.Second, func() error { return nil })
	})

	type steps = func(context.Context, []func()) int
	twin[steps](callback.Run, callback.RunFixed, func(f steps) {
		pause := func() { time.Sleep(time.Minute) }
		f(background, []func(){nop, nop})
		f(within(time.Second), []func(){pause, pause})
	})

	twin(callback.Keys, callback.KeysFixed, func(f func(*sync.Map, int) []string) {
		var m sync.Map
		for _, k := range []string{"a", "b", "c"} {
			m.Store(k, 1)
		}
		f(&m, 3)
		f(&m, 1)
	})

	twin(callback.Handler, callback.HandlerFixed, func(f func(int) http.Handler) {
		ctx, cancel := context.WithCancel(background)
		defer cancel()
		req := httptest.NewRequest("POST", "/", strings.NewReader("one two three four"))
		f(2).ServeHTTP(httptest.NewRecorder(), req.WithContext(ctx))
	})

	type serve = func(context.Context, remote.Listener) error
	twin[serve](remote.Serve, remote.ServeFixed, func(f serve) {
		f(background, server("a"))
		f(within(time.Second), server("a"))
	})

	type run = func(context.Context, string, ...string) (string, error)
	twin[run](remote.Exec, remote.ExecFixed, func(f run) {
		f(background, "true")
		f(within(time.Millisecond), "sleep", "60")
	}, outside)

	type tail = func(io.Writer, remote.Receiver) error
	twin[tail](remote.Tail, remote.TailFixed, func(f tail) {
		f(io.Discard, &inbox{1, 2, 3})
		f(io.Discard, &inbox{1, 1, 2, 3})
	})

	type negotiate = func(io.ReadWriter, ...string) (string, error)
	twin[negotiate](remote.Negotiate, remote.NegotiateFixed, func(f negotiate) {
		f(line{lines("no\nno\n"), io.Discard}, "a", "b")
		f(line{lines("no\nok\nok\n"), io.Discard}, "a", "b", "c")
	})

	type warm = func([]string, bool, func(string) error, *slog.Logger) (int, error)
	twin[warm](shadow.Warm, shadow.WarmFixed, func(f warm) {
		f(nil, true, execute, slog.Default())
		f([]string{"a", "b"}, true, execute, slog.Default())
	})

	type starter interface{ Start(...func()) }
	pair[func() starter]("unclosedchan/shadow.Worker.Start",
		func() starter { return copied.Worker{} },
		func() starter { return copied.WorkerFixed{} },
		func(f func() starter) { f().Start(nop, nop) })

	type command = func(iter.Seq[string]) (string, string, error)
	pair[command]("goroutineleak/iterpull.NewLexer", iterpull.Command, iterpull.CommandFixed, func(f command) {
		f(slices.Values([]string(nil)))
		f(slices.Values([]string{"take", "the", "lamp"}))
	})

	type send = func([]string, []func(string) error) int
	twin[send](order.Send, order.SendFixed, func(f send) {
		f([]string{"a"}, nil)
		f([]string{"a", "b", "bad"}, []func(string) error{execute, execute})
	})

	twin(order.Digest, order.DigestFixed, func(f func(func() ([]byte, bool)) uint64) {
		n := 0
		f(func() ([]byte, bool) { n++; return []byte{1}, n < 5 })
	})

	type replay = func(map[string]io.Writer, []byte) int
	twin[replay](order.Replay, order.ReplayFixed, func(f replay) {
		f(map[string]io.Writer{"a": io.Discard, "": io.Discard}, []byte{1})
	})

	type trade = func(a, b func() exchange.Goods) (exchange.Goods, exchange.Goods)
	twin[trade](exchange.Trade, exchange.TradeFixed, func(f trade) {
		offer := func() exchange.Goods { return nil }
		f(offer, offer)
	})

	twin(exchange.Consume, exchange.ConsumeFixed, func(f func([]string, func(string) error) int) {
		f([]string{"a", "bad", "c"}, execute)
	})

	twin(exchange.Rendezvous, exchange.RendezvousFixed, func(f func([]func() error, func(int)) int) {
		f([]func() error{failing("a"), failing("b")}, ignore)
		f([]func() error{failing("a"), failing("bad")}, ignore)
	})

	type lookup = func([]string, int, func(string) (string, error)) (map[string]string, error)
	twin[lookup](exchange.Lookup, exchange.LookupFixed, func(f lookup) {
		f([]string{"a", "b", "c"}, 1, echo)
		f([]string{"a", "bad", "c"}, 1, echo)
	})

	twin(exchange.Drain, exchange.DrainFixed, func(f func(func() int, func())) {
		n := 1
		f(func() int { n--; return n }, nop)
	})

	twin(exchange.Flush, exchange.FlushFixed, func(f func(chan string, func(string)) int) {
		queue := make(chan string, 9)
		for range 9 {
			queue <- "a"
		}
		f(queue, ignore)
	})

	twin(conds.Turns, conds.TurnsFixed, func(f func(int, func(int) string) []string) {
		f(3, func(int) string { return "x" })
	})

	twin(conds.Crowd, conds.CrowdFixed, func(f func(int, func()) int) {
		f(3, func() { time.Sleep(time.Second) })
	})

	twin(underlock.Online, underlock.OnlineFixed, func(f func(...string) int) { f("a", "b", "c") }, outside)

	twin(underlock.RecordAll, underlock.RecordAllFixed, func(f func([]string) []string) {
		f([]string{"a", "b", "c", "d", "e"})
	}, outside)

	twin(once.Plugins, once.PluginsFixed, func(f func(...string) []string) { f("a", "b") }, outside)

	type sweep = func([]string, int, func(string) ([]string, error)) (int, error)
	twin[sweep](tasks.Sweep, tasks.SweepFixed, func(f sweep) {
		old := func(dir string) ([]string, error) { return []string{dir}, errors.ErrUnsupported }
		f([]string{"a", "b"}, 2, old)
		f([]string{"a", "b"}, 1, old)
	})
}
