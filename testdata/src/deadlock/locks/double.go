// Package locks holds what the check deadlock reports, and must not report, of
// locks alone.
package locks

import (
	"encoding/json"
	"fmt"
	"sort"
	"sync"
)

type set struct {
	mu sync.Mutex
	m  map[string]int
	n  int
}

func (s *set) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.m)
}

func (s *set) lenLocked() int { return len(s.m) }

func (s *set) Add(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k] = s.Len() // want `s.mu is locked again by set.Len, held since double.go:\d+: call a variant that expects the lock to be held`
}

func (s *set) AddRight(k string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.m[k] = s.lenLocked()
}

func (s *set) size() int { return s.Len() }

func (s *set) AddDeep(k string) {
	s.mu.Lock()
	s.m[k] = s.size() // want `s.mu is locked again by set.size`
	s.mu.Unlock()
}

func (s *set) AddAfter(k string) {
	s.mu.Lock()
	s.m[k]++
	s.mu.Unlock()
	s.n = s.Len()
}

func (s *set) Twice() {
	s.mu.Lock()
	s.n++
	s.mu.Lock() // want `s.mu is locked again, held since double.go:\d+: unlock it first`
	s.mu.Unlock()
}

// Another instance of the type.
func (s *set) Merge(o *set) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n += o.Len()
}

type tree struct {
	mu   sync.Mutex
	left *tree
	val  int
}

// Each node has its own lock.
func (t *tree) sum() int {
	if t == nil {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.val + t.left.sum()
}

func (s *set) each(f func(string)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k := range s.m {
		f(k)
	}
}

func (s *set) callback() {
	s.each(func(k string) { // want `s.mu is locked again by set.each`
		s.n += s.Len()
	})
}

func (s *set) callbackOfOther(o *set) {
	s.each(func(k string) { s.n += o.Len() })
}

func (s *set) callbackUnlocked() {
	s.each(func(k string) { s.n++ })
}

func (s *set) String() string { return fmt.Sprint("set of ", s.Len()) }

func (s *set) printed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Printf("%v\n", s) // want `s.mu is locked again by set.String through Printf`
}

func (s *set) printedPointer() {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Printf("%p %d\n", s, s.n)
}

func (s *set) MarshalJSON() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(s.m)
}

func (s *set) save() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(s) // want `s.mu is locked again by set.MarshalJSON through Marshal`
}

func (s *set) saveMap() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(s.m)
}

// The flag says whether the lock is held.
func (s *set) get(k string, locked bool) int {
	if !locked {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.m[k]
}

func (s *set) getLocked(k string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(k, true)
}

func (s *set) getWrong(k string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.get(k, false) // want `s.mu is locked again by set.get`
}

func (s *set) getAny(k string, locked bool) int {
	return s.get(k, locked)
}

// Released by the callee, and taken again.
func (s *set) yield() {
	s.mu.Unlock()
	s.n = s.Len()
	s.mu.Lock()
}

func (s *set) work() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.yield()
}

// Off the goroutine that holds it.
func (s *set) background() {
	s.mu.Lock()
	defer s.mu.Unlock()
	go func() { s.n = s.Len() }()
}

type counter interface{ count() int }

type impl struct {
	mu sync.Mutex
	n  int
}

func (i *impl) count() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.n
}

type holder struct {
	c counter
}

func newHolder() *holder { return &holder{c: &impl{}} }

func (i *impl) throughInterface() int {
	var c counter = i
	i.mu.Lock()
	defer i.mu.Unlock()
	return c.count() // want `i.mu is locked again by impl.count`
}

func (h *holder) count() int { return h.c.count() }

func (i *impl) sorted(xs []int) {
	i.mu.Lock()
	defer i.mu.Unlock()
	sort.Slice(xs, func(a, b int) bool { return xs[a]+i.n < xs[b] })
}

type lazy struct {
	once sync.Once
	mu   sync.Mutex
	v    int
}

func (l *lazy) load() int {
	l.once.Do(func() { l.v = l.derive() }) // want `Do of l.once by lazy.derive from within its own function waits for itself: call the function directly`
	return l.v
}

func (l *lazy) derive() int { return l.load() + 1 }

func (l *lazy) other(o *lazy) int {
	l.once.Do(func() { l.v = o.v })
	return l.v
}

type notifier struct {
	mu       sync.Mutex
	onChange func()
	n        int
}

func (n *notifier) Snapshot() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.n
}

func (n *notifier) setHook(f func()) { n.onChange = f }

func newNotifier() *notifier {
	n := &notifier{}
	n.setHook(func() { println(n.Snapshot()) })
	return n
}

func (n *notifier) change() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.n++
	if n.onChange != nil {
		n.onChange() // want `n.mu is locked again by n.onChange`
	}
}

func (n *notifier) changeRight() {
	n.mu.Lock()
	n.n++
	n.mu.Unlock()
	n.onChange()
}

func retry(s *set, f func() error) {
	for range 3 {
		s.mu.Lock()
		if err := f(); err != nil {
			s.mu.Unlock()
			continue
		}
		s.n++
		s.mu.Unlock()
	}
}

func hold(s *set, mode int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.byMode("k", mode)
}

func (s *set) byMode(k string, mode int) int {
	if mode == 2 {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	return s.m[k]
}

var state sync.Mutex

func locksGlobal() { state.Lock(); defer state.Unlock() }

func holdsGlobal() {
	state.Lock()
	defer state.Unlock()
	locksGlobal() // want `state is locked again by locksGlobal`
}

type conn struct {
	sync.Mutex
	open bool
}

func (c *conn) Close() {
	c.Lock()
	c.open = false
	c.Unlock()
}

func (c *conn) Reset() {
	c.Lock()
	defer c.Unlock()
	c.Close() // want `c is locked again by conn.Close`
}

type pool struct{ c *conn }

func (p *pool) reset() {
	p.c.Lock()
	defer p.c.Unlock()
	p.c.Close() // want `p.c is locked again by conn.Close`
}

func (p *pool) swap(c *conn) {
	p.c.Lock()
	old := p.c
	p.c = c
	old.Unlock()
	p.c.Close()
}

// All elements are locked, one after the other.
type blocks struct {
	list []*set
	m    map[string]*set
}

func (b *blocks) lockAll() {
	for _, s := range b.list {
		s.mu.Lock()
	}
}

func (b *blocks) unlockAll() {
	for _, s := range b.list {
		s.mu.Unlock()
	}
}

func (b *blocks) lockAllByKey(ks []string) {
	for _, k := range ks {
		b.m[k].mu.Lock()
	}
	for _, k := range ks {
		b.m[k].mu.Unlock()
	}
}

// A timer has a function that locks, too; the callee gives the lock back while
// it waits.
func (s *set) handshake(after func(func()), wait func()) {
	after(func() {
		if s.mu.TryLock() {
			s.n++
			s.mu.Unlock()
		}
	})
	s.mu.Unlock()
	wait()
	s.mu.Lock()
}

func (s *set) connect(after func(func()), wait func()) {
	s.mu.Lock()
	s.handshake(after, wait)
	s.mu.Unlock()
}
