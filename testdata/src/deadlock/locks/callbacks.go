package locks

import (
	"sort"
	"sync"
)

// A function kept in a field takes the lock under which its owner is called.
type listener struct {
	once    sync.Once
	onClose func()
	err     error
}

func newListener(onClose func()) *listener { return &listener{onClose: onClose} }

func (l *listener) Close() {
	l.close(nil, true) // want "h.mu is locked by listener.close while l.once is held, elsewhere .callbacks.go:48. the other way round"
}

func (l *listener) close(err error, notify bool) {
	l.once.Do(func() {
		l.err = err
		if notify {
			l.onClose()
		}
	})
}

type host struct {
	mu sync.Mutex
	l  *listener
}

func (h *host) listen() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.l = newListener(h.gone)
}

func (h *host) gone() {
	h.mu.Lock()
	h.l = nil
	h.mu.Unlock()
}

func (h *host) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.l != nil {
		h.l.close(nil, false)
	}
}

// The owner does not call it from under the Once.
type calmListener struct {
	once    sync.Once
	onClose func()
	err     error
}

func newCalmListener(onClose func()) *calmListener { return &calmListener{onClose: onClose} }

func (l *calmListener) Close() { l.close(nil, true) }

func (l *calmListener) close(err error, notify bool) {
	l.once.Do(func() { l.err = err })
	if notify {
		l.onClose()
	}
}

type calmHost struct {
	mu sync.Mutex
	l  *calmListener
}

func (h *calmHost) listen() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.l = newCalmListener(h.gone)
}

func (h *calmHost) gone() {
	h.mu.Lock()
	h.l = nil
	h.mu.Unlock()
}

func (h *calmHost) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.l != nil {
		h.l.close(nil, false)
	}
}

// The only caller says that nobody is to be notified.
type quietListener struct {
	once    sync.Once
	onClose func()
	err     error
}

func newQuietListener(onClose func()) *quietListener { return &quietListener{onClose: onClose} }

func (l *quietListener) close(err error, notify bool) {
	l.once.Do(func() {
		l.err = err
		if notify {
			l.onClose()
		}
	})
}

type quietHost struct {
	mu sync.Mutex
	l  *quietListener
}

func (h *quietHost) listen() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.l = newQuietListener(h.gone)
}

func (h *quietHost) gone() {
	h.mu.Lock()
	h.l = nil
	h.mu.Unlock()
}

func (h *quietHost) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.l != nil {
		h.l.close(nil, false)
	}
}

// A function literal that another function returns.
type service struct {
	mu    sync.Mutex
	early sync.Mutex
	exits map[int]int
}

func (s *service) exited(pid int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.exits, pid)
}

func (s *service) prepare() (started func(int), cleanup func()) {
	s.early.Lock()
	defer s.early.Unlock()
	open := true
	started = func(pid int) {
		s.early.Lock()
		_, gone := s.exits[pid]
		s.early.Unlock()
		if gone {
			s.exited(pid)
		}
	}
	cleanup = func() {
		if open {
			s.early.Lock()
			open = false
			s.early.Unlock()
		}
	}
	return started, cleanup
}

func (s *service) create(pid int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	started, cleanup := s.prepare()
	defer cleanup()
	started(pid) // want "s.mu is locked again by service.exited, held since callbacks.go:177"
}

func (s *service) exec(pid int) {
	started, cleanup := s.prepare()
	defer cleanup()
	started(pid)
}

func (s *service) restore(other *service, pid int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	started, _ := other.prepare()
	started(pid)
}

// A function that the standard library calls at once.
type sessions struct {
	mu  sync.Mutex
	all sync.Map
	ids []int
	n   int
}

func (s *sessions) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.n
}

func (s *sessions) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all.Range(func(k, v any) bool { // want "s.mu is locked again by sessions.count, held since callbacks.go:212"
		return s.count() > 0
	})
}

func (s *sessions) order() {
	s.mu.Lock()
	defer s.mu.Unlock()
	sort.Slice(s.ids, func(i, j int) bool { // want "s.mu is locked again by sessions.count, held since callbacks.go:220"
		return s.ids[i] < s.ids[j]+s.count()
	})
}

func (s *sessions) resetOutside() {
	s.mu.Lock()
	s.n = 0
	s.mu.Unlock()
	s.all.Range(func(k, v any) bool { return s.count() > 0 })
}

// Only stored: it runs later, when the lock is free again.
func (s *sessions) arrange() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all.Store("count", func() int { return s.count() })
}

// The callback gives the lock back first, and takes it again in the end.
type bench struct {
	f func(*bench)
	n int
}

var benchLock sync.Mutex

func (b *bench) once() {
	benchLock.Lock()
	defer benchLock.Unlock()
	b.f(b)
}

func (b *bench) run(f func(*bench)) {
	benchLock.Unlock()
	defer benchLock.Lock()
	sub := &bench{f: f}
	sub.once()
}

func runAll(fs []func(*bench)) {
	all := &bench{f: func(b *bench) {
		for _, f := range fs {
			b.run(f)
		}
	}}
	all.once()
}
