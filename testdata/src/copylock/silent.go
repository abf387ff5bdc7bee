package copylock

import (
	"sync"
	"sync/atomic"
	"unsafe"
)

// Fresh values.

func newAccount(owner string) account {
	return account{owner: owner}
}

func newBank() *bank {
	b := bank{main: newAccount("main"), byOwner: map[string]account{"x": {}}}
	b.accounts = append(b.accounts, account{}, newAccount("y"))
	b.accounts[0] = account{}
	b.main = *fresh()
	b.main = *(fresh())
	b.accounts = append(b.accounts, make([]account, 3)...)
	ledger.shards[0] = newAccount("z")
	return &b
}

func fresh() *account {
	a := &account{}
	a.owner = "new"
	return a
}

func freshResult() (a account, err error) {
	a.owner = "new"
	return
}

func freshElements() {
	ch := make(chan account, 1)
	ch <- account{owner: "x"}
	ch <- newAccount("y") // also deadlock "send on ch blocks for ever"
	<-ch
	var v any = account{}
	_, isAccount := v.(account) // unlike go vet
	_ = isAccount
	read := gauge{name: "new"}.read
	read()
}

// Pointers, slices, maps, channels, functions and interfaces refer.

type handle struct {
	*sync.Mutex
	locker   sync.Locker
	accounts []account
	byOwner  map[string]*account
	queue    chan account
	open     func(account) error
}

func (h handle) size() int { return len(h.accounts) }

func references(h *handle, hs []handle) {
	g := *h
	for _, x := range hs {
		x.Lock()
		x.Unlock()
	}
	p := &h.accounts[0]
	q := p
	for i := range h.accounts {
		h.accounts[i].balance++
	}
	for _, a := range h.byOwner {
		a.balance++
	}
	_, _ = g, q
}

// The operand is not copied.

func sizes(b *bank, v any) uintptr {
	if _, ok := b.byOwner["x"]; ok { // unlike go vet
		_ = b.main // unlike go vet
	}
	switch v.(type) {
	case account:
		return 1
	}
	switch v := v.(type) {
	case account, *account:
		_ = v
	}
	n := len(b.shards) + cap(b.shards)
	for i := range b.shards {
		n += i
	}
	for i, _ := range b.accounts {
		n += i
	}
	return unsafe.Sizeof(b.main) + uintptr(n)
}

// All locks of the copy are replaced before anything is done with it.

func (b *bank) clone() *bank {
	c := *b // unlike go vet
	c.RWMutex = sync.RWMutex{}
	c.main = account{owner: c.main.owner}
	c.shards = [4]account{}
	return &c
}

func (a *account) cloneReset() *account {
	c := *a // unlike go vet
	c.mu = sync.Mutex{}
	return &c
}

func (a *account) cloneInto(c *account) {
	*c = *a // unlike go vet
	c.owner += " (copy)"
	c.mu = sync.Mutex{}
}

func (a *account) cloneLocked() *account {
	c := *a // want `assignment to c copies lock`
	c.mu.Unlock()
	c.mu = sync.Mutex{}
	return &c
}

func (a *account) cloneMaybe(reset bool) *account {
	c := *a // want `assignment to c copies lock`
	if reset {
		c.mu = sync.Mutex{}
	}
	return &c
}

// A door is no lock.

type door struct {
	locked bool
	uses   int
}

func (d *door) Lock()   { d.locked = true; d.uses++ }
func (d *door) Unlock() { d.locked = false }

func doors(d door, ds []door) door { // unlike go vet
	for _, e := range ds { // unlike go vet
		d = e // unlike go vet
	}
	return d // unlike go vet
}

// A file's methods of these names do something else.

type file struct{ fd int }

func (f *file) Lock() error   { return nil }
func (f *file) Unlock() error { return nil }

func files(f file) file { return f }

// A value with the methods refers to its lock, which its copies share.

type byValue struct{ mu *sync.Mutex }

func (l byValue) Lock()   { l.mu.Lock() }
func (l byValue) Unlock() { l.mu.Unlock() }

type shared struct {
	sem chan struct{}
	mu  *sync.Mutex
}

func (l *shared) Lock()   { l.sem <- struct{}{}; l.mu.Lock() }
func (l *shared) Unlock() { l.mu.Unlock(); <-l.sem }

func sharing(l byValue, s shared) (byValue, shared) { return l, s } // unlike go vet

// An atomic.Value may be copied before it is used.

func unusedValue() any {
	var v atomic.Value
	w := v
	w.Store(1)
	return &w
}

func usedValue() any {
	var v atomic.Value
	v.Store(1)
	w := v // want `assignment to w copies atomic: v is an atomic.Value`
	return &w
}

// message asks go vet to report its copies, as the messages of protocol buffers
// do: nobody can lock an array without elements.
type message struct {
	_    [0]sync.Mutex
	text string
}

// text takes messages as they come: the copy is in the interface before.
func text(v any) string {
	switch m := v.(type) {
	case *message:
		return m.text
	case message:
		return m.text
	}
	return ""
}

// guardedMessage asks go vet for it, too, and has a lock besides.
type guardedMessage struct {
	_  [0]sync.Mutex
	mu sync.Mutex
	n  int
}

func count(v any) int {
	switch m := v.(type) {
	case guardedMessage: // want `m in this case of the type switch copies lock: guardedMessage.mu is a sync.Mutex; keep a pointer in the interface`
		return m.n
	}
	return 0
}
