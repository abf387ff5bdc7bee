package locks

import "sync"

// Budgets stand under others, and what one gives up those above it get back. The
// branch that a treasury drops has its own; what an office holds when it asks the
// treasury is another.
type budget struct {
	sync.Mutex
	above []*budget
	spent int
}

func (b *budget) release(n int) {
	b.Lock()
	defer b.Unlock()
	b.spent -= n
	for _, a := range b.above {
		a.release(n)
	}
}

type treasury struct {
	mu       sync.Mutex
	branches map[string]*budget
}

func (l *treasury) prune() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, b := range l.branches {
		b.release(1)
		delete(l.branches, name)
	}
}

func (l *treasury) branch(name string) *budget {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.branches[name]
}

type office struct {
	budget
	books *treasury
}

func (o *office) join(name string) {
	o.Lock()
	defer o.Unlock()
	o.above = append(o.above, o.books.branch(name))
}

// Accounts do not stand under each other: one order.
type account struct {
	sync.Mutex
	spent int
}

type bank struct {
	mu       sync.Mutex
	accounts map[string]*account
}

func (b *bank) prune() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for name, a := range b.accounts {
		a.Lock() // want `a is locked while b.mu is held, elsewhere \(layers.go:\d+\) the other way round`
		a.spent = 0
		a.Unlock()
		delete(b.accounts, name)
	}
}

func (b *bank) has(name string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.accounts[name] != nil
}

func (a *account) rename(b *bank, name string) bool {
	a.Lock()
	defer a.Unlock()
	return b.has(name)
}
