package locks

import "sync"

// Opposite orders.
type registry struct {
	mu    sync.Mutex
	items map[string]*item
}

type item struct {
	mu    sync.Mutex
	owner *registry
	n     int
}

func (r *registry) refresh(k string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	i := r.items[k]
	i.mu.Lock() // want `i.mu is locked while r.mu is held, elsewhere \(order.go:\d+\) the other way round: choose one order`
	i.n++
	i.mu.Unlock()
}

func (r *registry) forget(i *item) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.items, "")
}

func (i *item) drop() {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.owner.forget(i)
}

// One order everywhere.
type outer struct {
	mu sync.Mutex
	in *inner
}

type inner struct {
	mu sync.Mutex
	n  int
}

func (o *outer) a() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.in.mu.Lock()
	o.in.n++
	o.in.mu.Unlock()
}

func (o *outer) b() {
	o.mu.Lock()
	o.in.mu.Lock()
	o.in.n--
	o.in.mu.Unlock()
	o.mu.Unlock()
}

func (i *inner) c(o *outer) {
	i.mu.Lock()
	i.n++
	i.mu.Unlock()
	o.mu.Lock()
	o.mu.Unlock()
}

// A gate: both ways only under a third lock.
type gated struct {
	gate, a, b sync.Mutex
}

func (g *gated) ab() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.a.Lock()
	g.b.Lock()
	g.b.Unlock()
	g.a.Unlock()
}

func (g *gated) ba() {
	g.gate.Lock()
	defer g.gate.Unlock()
	g.b.Lock()
	g.a.Lock()
	g.a.Unlock()
	g.b.Unlock()
}

// Three locks in a ring.
type three struct {
	a, b, c sync.Mutex
}

func (t *three) ab() {
	t.a.Lock()
	t.b.Lock() // want `t.b is locked while t.a is held`
	t.b.Unlock()
	t.a.Unlock()
}

func (t *three) bc() {
	t.b.Lock()
	t.c.Lock()
	t.c.Unlock()
	t.b.Unlock()
}

func (t *three) ca() {
	t.c.Lock()
	t.a.Lock()
	t.a.Unlock()
	t.c.Unlock()
}

// Readers do not exclude each other.
type readers struct {
	a, b sync.RWMutex
}

func (r *readers) ab() {
	r.a.RLock()
	r.b.RLock()
	r.b.RUnlock()
	r.a.RUnlock()
}

func (r *readers) ba() {
	r.b.RLock()
	r.a.RLock()
	r.a.RUnlock()
	r.b.RUnlock()
}

// Both orders within one goroutine.
type loop struct {
	a, b sync.Mutex
	n    int
}

func newLoop() *loop {
	l := &loop{}
	go l.run()
	return l
}

func (l *loop) run() {
	for range 3 {
		l.ab()
		l.ba()
	}
}

func (l *loop) ab() {
	l.a.Lock()
	l.b.Lock()
	l.n++
	l.b.Unlock()
	l.a.Unlock()
}

func (l *loop) ba() {
	l.b.Lock()
	l.a.Lock()
	l.n--
	l.a.Unlock()
	l.b.Unlock()
}

// Two accounts in the order of the arguments.
type Account struct {
	mu      sync.Mutex
	id      int
	balance int
}

func Transfer(from, to *Account, n int) {
	from.mu.Lock()
	defer from.mu.Unlock()
	to.mu.Lock() // want `to.mu is locked while from.mu is held: a call with the arguments swapped waits for this one`
	defer to.mu.Unlock()
	from.balance -= n
	to.balance += n
}

func TransferByID(from, to *Account, n int) {
	first, second := from, to
	if to.id < from.id {
		first, second = to, from
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	from.balance -= n
	to.balance += n
}

func TransferBranches(from, to *Account, n int) {
	if from.id < to.id {
		from.mu.Lock()
		to.mu.Lock()
	} else {
		to.mu.Lock()
		from.mu.Lock()
	}
	from.balance -= n
	to.balance += n
	to.mu.Unlock()
	from.mu.Unlock()
}

// The second is only read: callers know which is which.
func (a *Account) CopyFrom(b *Account) {
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.balance = b.balance
}

// TryLock never waits.
type tries struct{ a, b sync.Mutex }

func (t *tries) ab() {
	t.a.Lock()
	if t.b.TryLock() {
		t.b.Unlock()
	}
	t.a.Unlock()
}

func (t *tries) ba() {
	t.b.Lock()
	t.a.Lock()
	t.a.Unlock()
	t.b.Unlock()
}

// A fresh object is nobody else's yet.
func newItem(r *registry) *item {
	i := &item{owner: r}
	i.mu.Lock()
	r.forget(i)
	i.mu.Unlock()
	return i
}

// The outer lock is given back and taken again while the inner one is held.
type devices struct {
	mu    sync.Mutex
	infos map[string]*device
}

type device struct {
	mu sync.Mutex
	n  int
}

func (d *devices) remove(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	info := d.infos[name]
	info.mu.Lock() // want `info.mu is locked while d.mu is held`
	defer info.mu.Unlock()
	d.wait()
	info.n--
}

func (d *devices) wait() {
	d.mu.Unlock()
	println("waiting")
	d.mu.Lock()
}

// usage is embedded by things of two kinds, which are never one object.
type usage struct {
	mu   sync.Mutex
	uses int
}

func (u *usage) idle() bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.uses == 0
}

type bazaar struct {
	mu     sync.Mutex
	topics map[string]*topic
	users  int
}

type topic struct{ *usage }

type member struct {
	*usage
	reg *bazaar
}

func (r *bazaar) sweep() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for name, t := range r.topics {
		if t.idle() {
			delete(r.topics, name)
		}
	}
}

func (m *member) join() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reg.count()
}

func (r *bazaar) count() {
	r.mu.Lock()
	r.users++
	r.mu.Unlock()
}

// Things of one kind may be one object.
type kinds struct {
	mu    sync.Mutex
	peers map[string]*peerScope
	users int
}

type scope struct {
	mu   sync.Mutex
	uses int
}

func (s *scope) idle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.uses == 0
}

type peerScope struct {
	*scope
	kinds *kinds
}

func (k *kinds) sweep() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for name, p := range k.peers {
		if p.idle() { // want `scope.mu is locked by scope.idle while k.mu is held, elsewhere \(order.go:\d+\) the other way round`
			delete(k.peers, name)
		}
	}
}

func (p *peerScope) join() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kinds.count()
}

func (k *kinds) count() {
	k.mu.Lock()
	k.users++
	k.mu.Unlock()
}
