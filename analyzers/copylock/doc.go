/*
Package copylock defines an Analyzer that reports copies of locks.

# Analyzer copylock

copylock: report locks that are copied

A copy of a lock is another lock: whoever holds the one does not keep out
whoever takes the other, a copied WaitGroup is waited for in vain, and a
copied Cond still refers to the mutex of the original. Locks are the types
of sync and sync/atomic that must not be copied after first use, every type
whose pointer has the methods Lock and Unlock, noCopy markers, and every
struct or array that holds one of these by value.

	// WRONG
	type account struct {
		mu      sync.Mutex
		balance int
	}

	for _, a := range accounts { // a copy of each account and of its mutex
		a.mu.Lock()
		a.balance += interest
		a.mu.Unlock()
	}

	// RIGHT
	for i := range accounts {
		a := &accounts[i]
		a.mu.Lock()
		a.balance += interest
		a.mu.Unlock()
	}

Reported are copies by receivers, parameters, results, assignments,
composite literals, range clauses, arguments, sends, append and copy,
conversions to an interface, type switches, method values, and by generic
code that is instantiated with a type that holds a lock.

Nothing is said about fresh values (composite literals, results of calls
that do not hand out an existing value), about a copy whose locks are all
replaced by fresh ones before it is used, and about a type whose methods
Lock and Unlock only note a state and so exclude nobody.

A value receiver and a range over values get a suggested fix when each use
of the copy is a selection.
*/
package copylock
