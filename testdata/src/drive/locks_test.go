//go:build goexperiment.goroutineleakprofile

package drive

import (
	"sync"
	"time"

	"example.com/corpus/deadlock/explored/cond"
	"example.com/corpus/deadlock/explored/once"
	"example.com/corpus/deadlock/explored/underlock"
	conds "example.com/corpus/goroutineleak/cond"
)

func init() {
	twin(conds.Deliver, conds.DeliverFixed, func(f func(int, func(int) string, func(string))) {
		f(2, func(int) string { time.Sleep(time.Second); return "hello" }, func(string) {})
	})

	type launch = func(func() error, func(string), func()) error
	twin[launch](cond.Launch, cond.LaunchFixed, func(f launch) {
		f(func() error { return nil }, func(string) { time.Sleep(time.Second) }, func() {})
	})

	twin(conds.Workers, conds.WorkersFixed, func(f func(int, func() (func(), bool))) {
		n := 0
		f(3, func() (func(), bool) {
			n++
			time.Sleep(time.Second)
			return func() {}, n < 5
		})
	})

	twin(conds.Warmup, conds.WarmupFixed, func(f func(func(), ...func())) {
		f(func() { time.Sleep(time.Second) }, func() {}, func() {})
	})

	type getter interface{ Get(string) string }
	pair[func() getter]("deadlock/explored/once.Config.Get",
		func() getter { return &once.Config{Read: func() (map[string]string, error) { return nil, errBroken }} },
		func() getter {
			return &once.ConfigFixed{Read: func() (map[string]string, error) { return nil, errBroken }}
		},
		func(f func() getter) { f().Get("a") }, outside)

	type pool interface {
		Leader() string
		Err() error
	}
	dial := func(string) error { return nil }
	pair[func(string, ...string) pool]("deadlock/explored/once.Pool",
		func(a string, more ...string) pool { p := once.NewPool(a, more...); p.Dial = dial; return p },
		func(a string, more ...string) pool { p := once.NewPoolFixed(a, more...); p.Dial = dial; return p },
		func(f func(string, ...string) pool) { f("a", "").Err() }, outside)

	type catalog interface{ Total() int }
	type newCatalog = func([]string, func(string) int) catalog
	pair[newCatalog]("deadlock/explored/once.Catalog.Total",
		func(n []string, p func(string) int) catalog { return once.NewCatalog(n, p) },
		func(n []string, p func(string) int) catalog { return once.NewCatalogFixed(n, p) },
		func(f newCatalog) { f([]string{"a"}, func(string) int { return 1 }).Total() }, outside)

	twin(underlock.Record, underlock.RecordFixed, func(f func([]string, func(string) error) int) {
		f([]string{"a", "b", "c"}, func(string) error { time.Sleep(time.Millisecond); return nil })
	}, outside)

	type ticker interface{ Close() int }
	type newTicker = func(time.Duration, func(int)) ticker
	pair[newTicker]("deadlock/explored/underlock.Ticker.Close",
		func(d time.Duration, f func(int)) ticker { return underlock.NewTicker(d, f) },
		func(d time.Duration, f func(int)) ticker { return underlock.NewTickerFixed(d, f) },
		func(f newTicker) {
			called := make(chan bool, 1)
			t := f(time.Nanosecond, func(int) {
				select {
				case called <- true:
				default:
				}
			})
			<-called
			t.Close()
		}, outside)

	twin(underlock.Inventory, underlock.InventoryFixed, func(f func([][]string) map[string]int) {
		f([][]string{{"a"}, {}, {"b"}})
	}, outside)

	twin(underlock.Chat, underlock.ChatFixed, func(f func([]string) []string) { f([]string{"hi"}) }, outside)

	twin(underlock.Preload, underlock.PreloadFixed, func(f func([]string, func(string) string) []string) {
		f([]string{"a", "b", "c"}, func(string) string { time.Sleep(time.Millisecond); return "" })
	}, outside)

	twin(underlock.Split, underlock.SplitFixed, func(f func([]string, func(string)) int) {
		f([]string{"a", "b", "c"}, func(string) { time.Sleep(time.Millisecond) })
	}, outside)

	type room interface {
		Enter(string, func(string) bool)
		Say(string)
	}
	pair[func() room]("deadlock/explored/underlock.Room.Say",
		func() room { return underlock.NewRoom() },
		func() room { return underlock.NewRoomFixed() },
		func(f func() room) {
			r := f()
			var wg sync.WaitGroup
			wg.Add(1)
			r.Enter("a", func(string) bool { wg.Done(); time.Sleep(10 * time.Millisecond); return false })
			r.Say("hello")
			wg.Wait()
			r.Say("anybody there?")
		}, outside)
}
