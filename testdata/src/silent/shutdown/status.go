package shutdown

import (
	"context"
	"sync"
	"sync/atomic"
)

// Sweeper sweeps once over all tables, with the help of workers who know it.
type Sweeper struct {
	tables  Tables
	workers Workers
	status  int32
	stop    chan struct{}
	running sync.WaitGroup
	ctx     context.Context
	cancel  context.CancelFunc
}

// Tables gives one name after the other.
type Tables interface {
	Next(context.Context) (string, error)
}

// Workers do what they are given.
type Workers interface {
	Submit(Task) bool
	Stop()
}

// Task is to be done by a worker.
type Task interface{ Run() error }

type sweep struct {
	s     *Sweeper
	table string
}

func (t *sweep) Run() error { return t.s.ctx.Err() }

const (
	ready int32 = iota
	started
	stopped
)

// NewSweeper makes one.
func NewSweeper(t Tables, w Workers) *Sweeper {
	ctx, cancel := context.WithCancel(context.Background())
	return &Sweeper{tables: t, workers: w, stop: make(chan struct{}), ctx: ctx, cancel: cancel}
}

// Start starts the sweeper, once.
func (s *Sweeper) Start() {
	if !atomic.CompareAndSwapInt32(&s.status, ready, started) {
		return
	}
	s.running.Add(1)
	go s.run()
}

// Stop stops it, once, if it is started. The sweeper does so itself in the end.
func (s *Sweeper) Stop() {
	if !atomic.CompareAndSwapInt32(&s.status, started, stopped) {
		return
	}
	s.cancel()
	close(s.stop)
	s.workers.Stop()
	s.running.Wait()
}

func (s *Sweeper) run() {
	defer func() {
		go s.Stop()
		s.running.Done()
	}()
	for {
		table, err := s.tables.Next(s.ctx)
		if err != nil || !s.workers.Submit(&sweep{s, table}) {
			return
		}
		select {
		case <-s.stop:
			return
		default:
		}
	}
}
