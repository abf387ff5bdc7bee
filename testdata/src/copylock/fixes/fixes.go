// Package fixes holds the copies that an edit in place removes, and those that
// only look so.
package fixes

import "sync"

type account struct {
	mu      sync.Mutex
	balance int
}

func (a account) total() int { // want "value receiver of total copies lock"
	return a.balance
}

func (account) currency() string { // want "value receiver of currency copies lock"
	return "EUR"
}

func (a *account) deposit(n int) { a.balance += n }

func byIndex(as []account) (n int) {
	for _, a := range as { // want "range var a copies lock"
		a.deposit(1)
		n += a.total()
	}
	for k, a := range as { // want "range var a copies lock"
		a.mu.Lock()
		a.balance += k
		a.mu.Unlock()
	}
	return n
}

type bank struct {
	accounts [3]account
	byOwner  map[string]account
}

func (b *bank) each(i int) {
	for _, a := range b.accounts { // want "range var a copies lock"
		a.deposit(i)
	}
}

// The copy itself is passed on, so a pointer would not do.
func passedOn(as []account) (all []*account) {
	for _, a := range as { // want "range var a copies lock"
		all = append(all, &a)
	}
	return all
}

// There is no index to take.
func noIndex(b *bank, list func() []account) {
	for _, a := range b.byOwner { // want "range var a copies lock"
		a.deposit(1)
	}
	for _, a := range list() { // want "range var a copies lock"
		a.deposit(1)
	}
}

// The slice changes within the loop.
func changes(as []account) {
	for _, a := range as { // want "range var a copies lock"
		as = as[1:]
		a.deposit(1)
	}
}

// A method expression, an element of a map and an interface need the value.

type ledger struct {
	mu    sync.Mutex
	lines []string
}

func (l ledger) size() int     { return len(l.lines) }      // want "value receiver of size copies lock"
func (l ledger) first() string { return l.lines[0] }        // want "value receiver of first copies lock"
func (l ledger) copied() any   { return l.lines[0:cap(l)] } // want "value receiver of copied copies lock" "call of cap copies lock"

func cap(l ledger) int { return l.size() } // want "parameter l of cap copies lock"

var sizeOf = ledger.size

func firstOf(m map[string]ledger) string { return m["x"].first() }

type sized interface{ total() int }

type page struct{ mu sync.Mutex }

func (p page) total() int { return 1 } // want "value receiver of total copies lock"

func asSized() sized { return page{} }
