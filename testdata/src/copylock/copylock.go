// Package copylock copies locks in each way the language has.
package copylock

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type account struct {
	mu      sync.Mutex
	owner   string
	balance int
}

type bank struct {
	sync.RWMutex
	accounts []account
	byOwner  map[string]account
	main     account
	shards   [4]account
}

// stats holds its lock two levels down.
type stats struct {
	window struct {
		start int64
		hits  atomic.Int64
	}
	name string
}

var ledger bank

// Parameters, receivers and results.

func total(a account, b *account) int { // want `parameter a of total copies lock: account.mu is a sync.Mutex; take a pointer`
	return a.balance + b.balance
}

func variadic(names []string, as ...account) {}

func unnamed(sync.Once, string) {} // want `parameter of unnamed copies lock: the argument is a sync.Once`

func (b bank) size() int { // want `value receiver of size copies lock: bank.RWMutex is a sync.RWMutex; use a pointer receiver`
	return len(b.accounts)
}

func (b *bank) first() account {
	return b.accounts[0] // want `return of b.accounts\[0\] copies lock: account.mu is a sync.Mutex; return a pointer`
}

func (b *bank) snapshot(id string) (account, bool) {
	a, ok := b.byOwner[id] // want `assignment to a copies lock: account.mu is a sync.Mutex`
	return a, ok           // want `return of a copies lock: account.mu is a sync.Mutex`
}

func opened() (a account) {
	a.mu.Lock()
	a.balance = 1
	a.mu.Unlock()
	return // want `return of a copies lock: account.mu is a sync.Mutex`
}

var handlers = []func(){
	func() { func(wg sync.WaitGroup) { wg.Wait() }(*new(sync.WaitGroup)) }, // want `parameter wg of the function literal copies lock: wg is a sync.WaitGroup`
}

// Assignments and declarations.

func assignments(b *bank, s *stats) {
	a := b.main                  // want `assignment to a copies lock: account.mu is a sync.Mutex; keep a pointer instead`
	var c = *b                   // want `declaration of c copies lock: bank.RWMutex is a sync.RWMutex`
	b.accounts[0] = a            // want `assignment to b.accounts\[0\] copies lock: account.mu is a sync.Mutex`
	b.byOwner["x"] = b.shards[1] // want `assignment to b.byOwner\["x"\] copies lock: account.mu`
	all := b.shards              // want `assignment to all copies lock: b.shards\[i\].mu is a sync.Mutex`
	w := s.window                // want `assignment to w copies atomic: s.window.hits is an atomic.Int64`
	t := *s                      // want `assignment to t copies atomic: stats.window.hits is an atomic.Int64`
	_, _, _, _, _ = &c, &all, &w, &t, a.balance
}

func swap(x, y *account) {
	*x, *y = *y, *x // want `assignment to \*x copies lock` `assignment to \*y copies lock`
}

// Composite literals, map keys, sends.

type statement struct {
	of    account
	lines []string
}

func literals(b *bank, ch chan account, seen map[[1]sync.Mutex]bool, key *[1]sync.Mutex) {
	s := statement{of: b.main}               // want `literal with b.main copies lock: account.mu is a sync.Mutex; store a pointer`
	l := []account{*&b.main, {}}             // want `literal with \*&b.main copies lock`
	m := map[[1]sync.Mutex]bool{*key: 1 > 0} // want `literal with \*key copies lock: key\[i\] is a sync.Mutex`
	seen[*key] = true                        // want `key of seen copies lock: key\[i\] is a sync.Mutex`
	ch <- b.main                             // want `send on ch copies lock: account.mu is a sync.Mutex; send a pointer`
	got := <-ch                              // want `assignment to got copies lock: account.mu is a sync.Mutex`
	select {
	case ch <- *b.find("x"): // want `send on ch copies lock: account.mu is a sync.Mutex`
	case other := <-ch: // want `assignment to other copies lock`
		_ = &other
	}
	_, _, _, _ = &s, l, m, &got
}

func (b *bank) find(owner string) *account {
	for i := range b.accounts {
		if a := &b.accounts[i]; a.owner == owner {
			return a
		}
	}
	return &b.main
}

// Calls.

func calls(b *bank) {
	fmt.Println(b.main)                           // want `call of fmt.Println copies lock: account.mu is a sync.Mutex; pass a pointer`
	x := any(b.main)                              // want `conversion to any copies lock: account.mu is a sync.Mutex`
	y := audited(b.main)                          // want `conversion to audited copies lock: account.mu is a sync.Mutex`
	b.accounts = append(b.accounts, *b.find("x")) // want `call of append copies lock: account.mu is a sync.Mutex`
	all := append([]account(nil), b.accounts...)  // want `append of the elements of b.accounts copies lock: account.mu is a sync.Mutex; keep pointers in the slice`
	copy(all, b.accounts[1:])                     // want `copy of the elements of b.accounts\[1:\] copies lock: account.mu is a sync.Mutex`
	defer total(ledger.main, nil)                 // want `call of total copies lock`
	z := *b.find("y")                             // want `assignment to z copies lock: account.mu is a sync.Mutex`
	_, _, _ = x, &y, &z
}

type audited account

// Interfaces.

func boxed(b *bank, v any) any {
	var i any = b.main // want `declaration of i copies lock: account.mu is a sync.Mutex`
	switch v := v.(type) {
	case account: // want `v in this case of the type switch copies lock: account.mu is a sync.Mutex; keep a pointer in the interface`
		return v.balance
	case *account:
		return v.balance
	case bank, string:
		return v
	}
	a := v.(account) // want `assignment to a copies lock`
	_ = i
	return &a
}

// Ranges.

func ranges(b *bank, queue chan account, each func(func(account) bool), locks map[sync.Mutex]int) (n int) {
	for i, a := range b.shards { // want `range var a copies lock: account.mu is a sync.Mutex; range over the index`
		n += a.balance + i
	}
	for _, a := range b.byOwner { // want `range var a copies lock: account.mu is a sync.Mutex; keep pointers in b.byOwner`
		n += a.balance
	}
	for k := range locks { // want `range var k copies lock: k is a sync.Mutex`
		k.Lock()
	}
	for a := range queue { // want `range var a copies lock`
		n += a.balance
	}
	for a := range each { // want `range var a copies lock`
		n += a.balance
	}
	var a account
	for _, a = range b.accounts { // want `range var a copies lock`
		n += a.balance
	}
	for mu := (sync.Mutex{}); n < 3; n++ { // want `each iteration of the loop copies lock: mu is a sync.Mutex; declare mu before the loop`
		mu.Lock()
	}
	return n
}

// Method values.

type gauge struct {
	name  string
	value atomic.Uint64
}

func (g gauge) read() uint64 { return g.value.Load() } // want `value receiver of read copies atomic: gauge.value is an atomic.Uint64`

func bind(g *gauge) func() uint64 {
	f := g.read // want `method value g.read copies atomic: gauge.value is an atomic.Uint64; use a pointer receiver or a function literal`
	_ = f
	return (g.read) // want `method value g.read copies atomic`
}

// Each type of sync and sync/atomic.

type everything struct {
	a struct{ sync.Mutex }
	b struct{ sync.RWMutex }
	c struct{ sync.WaitGroup }
	d struct{ sync.Once }
	e struct{ sync.Cond }
	f struct{ sync.Pool }
	g struct{ sync.Map }
	h struct{ atomic.Bool }
	i struct{ atomic.Pointer[int] }
	j struct{ atomic.Value }
}

func everyType(e *everything) []any {
	return []any{
		e.a, // want `e.a.Mutex is a sync.Mutex`
		e.b, // want `e.b.RWMutex is a sync.RWMutex`
		e.c, // want `e.c.WaitGroup is a sync.WaitGroup`
		e.d, // want `e.d.Once is a sync.Once`
		e.e, // want `e.e.Cond is a sync.Cond`
		e.f, // want `e.f.Pool is a sync.Pool`
		e.g, // want `e.g.Map is a sync.Map`
		e.h, // want `e.h.Bool is an atomic.Bool`
		e.i, // want `e.i.Pointer is an atomic.Pointer`
		e.j, // want `e.j.Value is an atomic.Value`
	}
}

// The condition refers to the mutex of the copy that newQueue keeps.

type queue struct {
	mu    sync.Mutex
	ready sync.Cond
	items []string
}

func newQueue() queue {
	q := queue{items: make([]string, 0, 8)}
	q.ready.L = &q.mu
	return q // want `return of q copies lock: queue.mu is a sync.Mutex; return a pointer`
}

// Own locks and markers.

type spinLock struct{ held atomic.Bool }

func (l *spinLock) Lock() {
	for !l.held.CompareAndSwap(false, true) {
	}
}
func (l *spinLock) Unlock() { l.held.Store(false) }

type oldSpinLock struct{ held uint32 }

func (l *oldSpinLock) Lock() {
	for !atomic.CompareAndSwapUint32(&l.held, 0, 1) {
	}
}
func (l *oldSpinLock) Unlock() { atomic.StoreUint32(&l.held, 0) }

type ticket struct{ n uint32 }

func (t *ticket) Lock()   { t.await() }
func (t *ticket) Unlock() { t.n++ }
func (t *ticket) await()  { atomic.AddUint32(&t.n, 1) }

type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}

type session struct {
	_     noCopy
	token string
}

type client struct {
	session session
	noCopy  noCopy
}

func ownLocks(s *spinLock, o *oldSpinLock, t *ticket, c *client) {
	s2 := *s        // want `assignment to s2 copies atomic: spinLock.held is an atomic.Bool`
	o2 := *o        // want `assignment to o2 copies lock: \*o is an oldSpinLock, which has Lock and Unlock`
	t2 := *t        // want `assignment to t2 copies lock: \*t is a ticket, which has Lock and Unlock`
	c2 := *c        // want `assignment to c2 copies lock: client.session is marked noCopy`
	c3 := c.session // want `assignment to c3 copies lock: session is marked noCopy`
	_, _, _, _, _ = &s2, &o2, &t2, &c2, &c3
}
