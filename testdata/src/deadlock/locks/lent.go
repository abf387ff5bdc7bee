package locks

import shared "example.com/corpus/unlock/lease"

// The lock is given back by a function of another package, and taken again by another one.
func lent(l *shared.Lease) int {
	lend := l.Lender()
	l.Lock()
	defer l.Unlock()
	l.N++
	retake := lend()
	l.Lock()
	l.N++
	l.Unlock()
	retake()
	return l.N
}

// A function that has not got the lease does nothing to it.
func kept(l *shared.Lease) (int, string) {
	name := shared.Namer("lease")
	l.Lock()
	defer l.Unlock()
	l.N++
	called := name()
	l.Lock() // want `l.mu is locked again by Lease.Lock, held since lent.go:22`
	l.N++
	l.Unlock()
	return l.N, called
}
