//go:build goexperiment.goroutineleakprofile

package drive

import (
	"time"

	"example.com/corpus/goroutineleak/peergone"
	"example.com/corpus/silent/setup"
)

func init() {
	type watch interface{ Close() }
	type newWatch = func(every time.Duration, well func() bool, show func(bool)) watch
	pair[newWatch]("goroutineleak/peergone.Watch",
		func(d time.Duration, w func() bool, s func(bool)) watch { return peergone.NewWatch(d, w, s) },
		func(d time.Duration, w func() bool, s func(bool)) watch { return peergone.NewWatchFixed(d, w, s) },
		func(f newWatch) {
			w := f(time.Second, func() bool { time.Sleep(time.Second); return true }, ignore)
			time.Sleep(1500 * time.Millisecond)
			w.Close()
		})

	type desk interface {
		Ask(string)
		Close()
	}
	type open = func(try func(string) error) desk
	pair[open]("goroutineleak/peergone.Office.Desk",
		func(try func(string) error) desk { return peergone.NewOffice(try).Desk() },
		func(try func(string) error) desk { return peergone.NewOffice(try).DeskFixed() },
		func(f open) {
			d := f(func(string) error { time.Sleep(time.Second); return peergone.ErrBusy })
			d.Ask("a")
			d.Close()
		})

	silent("setup.Relay", func() {
		r := setup.NewRelay(ignore)
		r.Restart()
		r.Restart()
	})
	silent("setup.Limiter.Call", func() {
		for n := range 2 {
			l := setup.NewLimiter(n)
			l.Call(failing("a"))
			l.Call(failing("bad"))
		}
	})
	silent("setup.List", func() {
		l := setup.NewList()
		go l.Push("a")
		l.Wait()
	})
	silent("setup.Board", func() {
		var take func() int
		setup.NewBoard(func(t func() int) { take = t })
		take()
		take()
	})
	silent("setup.Basin", func() {
		setup.NewBasin()
		setup.DrainAll()
	}, outside)
	silent("setup.Sink", func() {
		setup.Peek()
		setup.Each([]*setup.Sink{setup.NewSink(), setup.NewSink()})
	})
	silent("setup.Crew", func() {
		c := setup.NewCrew(2)
		for range 4 {
			c.Do(nop)
		}
		c.Close()
	})
}
