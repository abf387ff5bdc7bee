// Package relay hands signals on, until it is told to stop, and says when it has.
package relay

import (
	"context"
	"os"
	"sync"
)

type receiver struct {
	mu       sync.Mutex
	signals  chan os.Signal
	stop     chan struct{}
	finished chan struct{}
	notify   func(chan<- os.Signal)
	forget   func(chan<- os.Signal)
	readers  *readers
}

// run tells when it has ended, whatever the reason, once.
func (r *receiver) run() {
	defer func() { r.finished <- struct{}{} }()
	select {
	case <-r.stop:
	case s := <-r.signals:
		r.readers.tell(s)
	}
}

func (r *receiver) running() bool { return r.stop != nil && r.finished != nil }

func (r *receiver) start() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.running() {
		return
	}
	r.finished = make(chan struct{}, 1)
	r.stop = make(chan struct{}, 1)
	r.notify(r.signals)
	go r.run()
}

func (r *receiver) end(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forget(r.signals)
	if !r.running() {
		return nil
	}
	r.stop <- struct{}{}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-r.finished:
		close(r.stop)
		close(r.finished)
		r.stop, r.finished = nil, nil
		return nil
	}
}

type readers struct {
	mu  sync.Mutex
	all []chan os.Signal
}

func (r *readers) add() <-chan os.Signal {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := make(chan os.Signal, 1)
	r.all = append(r.all, c)
	return c
}

func (r *readers) tell(s os.Signal) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range r.all {
		select {
		case c <- s:
		default:
		}
	}
}

// App runs hooks and relays signals.
type App struct {
	receiver receiver
	hooks    func(context.Context) error
}

// Run starts and stops the application.
func (a *App) Run(ctx context.Context) error {
	if err := a.within(ctx, func(ctx context.Context) error {
		a.receiver.start()
		return a.hooks(ctx)
	}); err != nil {
		return err
	}
	<-a.receiver.readers.add()
	return a.within(ctx, a.receiver.end)
}

func (a *App) within(ctx context.Context, f func(context.Context) error) error {
	c := make(chan error, 1)
	go func() { c <- f(ctx) }()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case err := <-c:
		return err
	}
}
