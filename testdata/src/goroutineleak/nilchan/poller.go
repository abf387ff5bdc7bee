package nilchan

import "time"

// Poller asks a function again and again.
type Poller struct {
	interval time.Duration
	errs     chan error
}

// NewPoller returns a poller that has not started.
func NewPoller(interval time.Duration) *Poller {
	return &Poller{interval: interval}
}

// Run polls until f fails, or the time is up.
func (p *Poller) Run(f func() error, limit time.Duration) error {
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(p.interval):
			}
			if err := f(); err != nil {
				p.errs <- err // want "send on p.errs blocks for ever"
				return
			}
		}
	}()
	select {
	case err := <-p.errs:
		return err
	case <-time.After(limit):
		return nil
	}
}

// PollerFixed asks a function again and again.
type PollerFixed struct {
	interval time.Duration
	errs     chan error
}

// NewPollerFixed returns a poller that has not started.
func NewPollerFixed(interval time.Duration) *PollerFixed {
	return &PollerFixed{interval: interval, errs: make(chan error, 1)}
}

// Run polls until f fails, or the time is up.
func (p *PollerFixed) Run(f func() error, limit time.Duration) error {
	stop := make(chan struct{})
	defer close(stop)
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(p.interval):
			}
			if err := f(); err != nil {
				p.errs <- err
				return
			}
		}
	}()
	select {
	case err := <-p.errs:
		return err
	case <-time.After(limit):
		return nil
	}
}
