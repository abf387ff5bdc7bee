package ncast

import "time"

// Watchdog waits for trouble.
type Watchdog struct {
	Probes   []func() error
	Interval time.Duration

	alarms chan error
}

// Guard runs the probes until one of them fails, and returns its error.
func (w *Watchdog) Guard(stop <-chan struct{}) error {
	w.alarms = make(chan error)
	for _, p := range w.Probes {
		go w.repeat(p, stop)
	}
	select {
	case err := <-w.alarms:
		return err
	case <-stop:
		return nil
	}
}

func (w *Watchdog) repeat(probe func() error, stop <-chan struct{}) {
	tick := time.NewTicker(w.Interval)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := probe(); err != nil {
				w.alarms <- err // want "send on w.alarms blocks for ever"
				return
			}
		case <-stop:
			return
		}
	}
}

// WatchdogFixed waits for trouble.
type WatchdogFixed struct {
	Probes   []func() error
	Interval time.Duration

	alarms chan error
}

// Guard runs the probes until one of them fails, and returns its error.
func (w *WatchdogFixed) Guard(stop <-chan struct{}) error {
	w.alarms = make(chan error, len(w.Probes))
	for _, p := range w.Probes {
		go w.repeat(p, stop)
	}
	select {
	case err := <-w.alarms:
		return err
	case <-stop:
		return nil
	}
}

func (w *WatchdogFixed) repeat(probe func() error, stop <-chan struct{}) {
	tick := time.NewTicker(w.Interval)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := probe(); err != nil {
				w.alarms <- err
				return
			}
		case <-stop:
			return
		}
	}
}
