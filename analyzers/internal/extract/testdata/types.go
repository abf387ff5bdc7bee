package p

import "sync"

type stage[T any] struct {
	in, out chan T
	apply   func(T) T
}

func newStage[T any](apply func(T) T) *stage[T] {
	return &stage[T]{in: make(chan T), out: make(chan T, 1), apply: apply}
}

func (s *stage[T]) run() {
	for v := range s.in {
		s.out <- s.apply(v)
	}
}

type point struct{ x, y int }

type closer interface{ stop() }

type base struct {
	quit chan struct{}
	once sync.Once
}

func (b *base) stop() { b.once.Do(func() { close(b.quit) }) }

type server struct {
	base
	closer
	workers []*stage[point]
}

type noop struct{}

func (noop) stop() {}

func stopAll(all ...closer) {
	for _, c := range all {
		c.stop()
	}
}

// Run uses instances, method values, promoted methods and interfaces.
func Run(p point, keep bool) point {
	s := newStage(func(p point) point { p.x++; return p })
	srv := &server{base: base{quit: make(chan struct{})}, closer: noop{}, workers: []*stage[point]{s}}
	go s.run()
	start := srv.workers[0].run
	go start()
	s.in <- p
	q := <-s.out
	var c any = &srv.base
	if b, ok := c.(closer); ok && keep {
		defer b.stop()
	}
	stopAll(&srv.base, srv.closer)
	if q.x > 0 {
		close(s.in)
	}
	return q
}
