//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net"
	"time"

	"example.com/corpus/goroutineleak/earlyreturn"
	"example.com/corpus/goroutineleak/served"
	"example.com/corpus/unclosedchan/dropped"
	"github.com/spf13/cobra"
)

var (
	background = context.Background()
	errBroken  = errors.New("broken")
)

// execute fails for the statement "bad", at once. Success takes a second.
func execute(s string) error {
	if s == "bad" {
		return errBroken
	}
	time.Sleep(time.Second)
	return nil
}

// echo answers with its argument, and fails as execute does.
func echo(s string) (string, error) { return s, execute(s) }

type document string

func (d document) Read(context.Context) ([]byte, error) { return []byte(d), execute(string(d)) }

type fixedRate float64

func (r fixedRate) Lookup(from, to string) (float64, error) { return float64(r), nil }

type discard struct{}

func (discard) Put(_ context.Context, _ string, r io.Reader) error {
	_, err := io.Copy(io.Discard, r)
	return err
}

type kiosk map[string]int

func (k kiosk) Stock(item string) (int, error) { return k[item], nil }

func (k kiosk) Shipping(n int) (int, error) {
	time.Sleep(time.Second)
	return 5 * n, nil
}

func init() {
	type open = func(int, func() ([]dropped.Record, error), func(dropped.Record) error) (*dropped.Journal, error)
	twin[open](dropped.Open, dropped.OpenFixed, func(f open) {
		write := func(dropped.Record) error { return nil }
		if j, err := f(128, func() ([]dropped.Record, error) { return nil, nil }, write); err == nil {
			j.Put("a", nil)
			j.Close()
		}
		f(100, nil, nil)
		f(128, func() ([]dropped.Record, error) { return nil, errBroken }, write)
	})

	type load = func(context.Context, earlyreturn.Source, earlyreturn.Source) (*earlyreturn.Settings, error)
	twin(earlyreturn.Turns, earlyreturn.TurnsFixed, func(f func(func(int))) { f(ignore) })
	twin[load](earlyreturn.Load, earlyreturn.LoadFixed, func(f load) {
		f(background, document(`{"name":"a"}`), document(`{"x":"y"}`))
		f(background, document("bad"), document(`{"x":"y"}`))
	})

	type page = func(header, body func(string) (string, error)) error
	pair[page]("goroutineleak/earlyreturn.Renderer.Page",
		func(h, b func(string) (string, error)) error {
			return (&earlyreturn.Renderer{Header: h, Body: b}).Page(io.Discard, "/")
		},
		func(h, b func(string) (string, error)) error {
			return (&earlyreturn.RendererFixed{Header: h, Body: b}).Page(io.Discard, "/")
		},
		func(f page) {
			broken := func(string) (string, error) { return "", errBroken }
			f(echo, echo)
			f(echo, broken)
			f(broken, echo)
		})

	type send = func(io.Writer) error
	bytesOf := func(s string) []byte { return []byte(s) }
	pair[send]("goroutineleak/earlyreturn.Envelope.Send",
		func(w io.Writer) error { return (&earlyreturn.Envelope{}).Send(w, "a", bytesOf) },
		func(w io.Writer) error { return (&earlyreturn.EnvelopeFixed{}).Send(w, "a", bytesOf) },
		func(f send) {
			f(io.Discard)
			f(failingWriter{})
		})

	type compare = func(a, b func() (int, error)) (bool, error)
	pair[compare]("goroutineleak/earlyreturn.Compare", earlyreturn.Compare[int], earlyreturn.CompareFixed[int],
		func(f compare) {
			one := func() (int, error) { return 1, nil }
			f(one, one)
			f(func() (int, error) { return 0, errBroken }, one)
		})

	type transfer = func(r earlyreturn.Rates, a, b *earlyreturn.Account, cents int64) error
	twin[transfer](earlyreturn.Transfer, earlyreturn.TransferFixed, func(f transfer) {
		rich := &earlyreturn.Account{Cents: 1000}
		f(fixedRate(0.9), rich, &earlyreturn.Account{}, 100)
		f(fixedRate(0.9), rich, &earlyreturn.Account{Frozen: true}, 100)
	})

	type backup = func(context.Context, earlyreturn.Bucket, []byte, func(string) error) error
	twin[backup](earlyreturn.Backup, earlyreturn.BackupFixed, func(f backup) {
		f(background, discard{}, []byte("data"), func(string) error { return nil })
		f(background, discard{}, []byte("data"), func(string) error { return errBroken })
	})

	type verify = func(func(string) ([]byte, error), map[string][sha256.Size]byte) error
	twin[verify](earlyreturn.Verify, earlyreturn.VerifyFixed, func(f verify) {
		open := func(p string) ([]byte, error) { return []byte(p), nil }
		f(open, map[string][sha256.Size]byte{"a": sha256.Sum256([]byte("a")), "b": {}, "c": {}})
	})

	type migrate = func(stmts ...string) error
	pair[migrate]("goroutineleak/earlyreturn.Migrator.Run",
		func(s ...string) error { return (&earlyreturn.Migrator{Exec: execute}).Run(s, "create index") },
		func(s ...string) error { return (&earlyreturn.MigratorFixed{Exec: execute}).Run(s, "create index") },
		func(f migrate) {
			f("create table a", "create table b")
			f("create table a", "bad")
		})

	type checkout = func(earlyreturn.Shop, earlyreturn.Cart) (int, error)
	twin[checkout](earlyreturn.Checkout, earlyreturn.CheckoutFixed, func(f checkout) {
		f(kiosk{"pen": 3}, earlyreturn.Cart{Items: map[string]int{"pen": 2}})
		f(kiosk{"pen": 3}, earlyreturn.Cart{Items: map[string]int{"pen": 5}})
	})

	type serve = func(net.Listener) *cobra.Command
	twin[serve](served.Serve, served.ServeFixed, func(f serve) { f(&caller{}).Execute() })
}

// caller is a listener with one caller, who has gone by then.
type caller struct {
	net.Listener
	called bool
}

func (l *caller) Accept() (net.Conn, error) {
	if l.called {
		return nil, errBroken
	}
	l.called = true
	here, there := net.Pipe()
	there.Close()
	return here, nil
}
