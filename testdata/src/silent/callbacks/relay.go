package callbacks

import (
	"context"
	"os"
	"sync"
)

// Relay passes signals on while it runs.
type Relay struct {
	mu       sync.Mutex
	signals  chan os.Signal
	shutdown chan struct{}
	finished chan struct{}
	onSignal func(os.Signal)
}

// relay runs until there was a signal or Stop.
func (r *Relay) relay() {
	defer func() { r.finished <- struct{}{} }()
	select {
	case <-r.shutdown:
	case s := <-r.signals:
		r.onSignal(s)
	}
}

// Start begins to pass on.
func (r *Relay) Start() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.shutdown != nil {
		return
	}
	r.shutdown, r.finished = make(chan struct{}, 1), make(chan struct{}, 1)
	go r.relay()
}

// Stop ends it: only what the one relay has sent comes from finished.
func (r *Relay) Stop(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.shutdown == nil {
		return nil
	}
	r.shutdown <- struct{}{}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-r.finished:
		close(r.shutdown)
		close(r.finished)
		r.shutdown, r.finished = nil, nil
		return nil
	}
}

// Run runs it until done is told.
func (r *Relay) Run(done <-chan struct{}, ctx context.Context) error {
	r.Start()
	<-done
	return r.Stop(ctx)
}
