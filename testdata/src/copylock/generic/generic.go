// Package generic instantiates generic code with types that hold locks.
package generic

import (
	"maps"
	"slices"
	"sync"

	"example.com/corpus/copylock/generic/stack"
)

type account struct {
	mu      sync.Mutex
	balance int
}

func instances(as []account, byOwner map[string]account) {
	var s stack.Stack[account]
	s.Push(account{})
	top := s.Pop()                                  // want `s.Pop for account copies lock: account.mu is a sync.Mutex; use it with \*account`
	first := stack.First(as)                        // want `stack.First for account copies lock`
	all := stack.Values(byOwner)                    // want `stack.Values for account copies lock`
	pick := stack.First[[]account]                  // want `stack.First for account copies lock`
	copied := slices.Clone(as)                      // want `slices.Clone for account copies lock`
	maps.Copy(byOwner, map[string]account{"x": {}}) // want `maps.Copy for account copies lock`
	_, _, _, _, _ = &top, &first, all, pick, copied
}

func pointers(as []*account, byOwner map[string]*account) {
	var s stack.Stack[*account]
	s.Push(&account{})
	_, _, _, _ = s.Pop(), stack.First(as), stack.Values(byOwner), slices.Clone(as)
}

func inPlace(as []account, pair *stack.Pair[account, int]) {
	var s stack.Stack[account]
	s.Push(account{})
	s.At(0).balance++
	s.Each(func(a *account) { a.balance++ })
	_, _, _ = s.Len(), pair.Right(), stack.New(account{})
	pair.Left()                                                                  // want `pair.Left for account copies lock`
	_ = slices.IndexFunc(as, func(a account) bool { return a.balance > 0 })      // want `parameter a of the function literal copies lock`
	slices.SortFunc(as, func(a, b account) int { return a.balance - b.balance }) // want `parameter a of the function literal copies lock`
}

// A constraint may ask for a lock.
func lockAll[T any, L interface {
	*T
	sync.Locker
}](items []T) {
	for i := range items {
		L(&items[i]).Lock()
	}
}

func onlyMutexes[M sync.Mutex | sync.RWMutex](m M) *M { // want `parameter m of onlyMutexes copies lock: m is a sync.Mutex`
	return &m
}

func box[T any](v T) stack.Pair[T, sync.Mutex] { // of an instance's own lock
	var p stack.Pair[T, sync.Mutex]
	return p // want `return of p copies lock: stack.Pair\[T, sync.Mutex\].b is a sync.Mutex`
}

func locks(ms []sync.Mutex) {
	lockAll(ms)
}
