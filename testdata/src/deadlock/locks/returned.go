package locks

import "sync"

// Function literals that a function returns which locks nothing itself.
type kitchen struct {
	mu     sync.Mutex
	next   *kitchen
	orders map[string]int
}

func newKitchen() *kitchen { return &kitchen{orders: map[string]int{"soup": 1}} }

func (k *kitchen) served(dish string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.orders, dish)
}

func (k *kitchen) server(dish string) func() {
	return func() { k.served(dish) }
}

// The lock is still held.
func (k *kitchen) order(dish string) {
	serve := k.server(dish)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.orders[dish]++
	serve() // want `k.mu is locked again by kitchen.served, held since returned.go:27`
}

// Called where it is returned.
func (k *kitchen) orderAtOnce(dish string) {
	k.mu.Lock()
	k.server(dish)() // want `k.mu is locked again by kitchen.served, held since returned.go:35`
	k.mu.Unlock()
}

// Deferred first, it runs when the lock is free again.
func (k *kitchen) orderFirst(dish string) {
	defer k.server(dish)()
	k.mu.Lock()
	defer k.mu.Unlock()
	k.orders[dish]++
}

// Deferred last, it runs before.
func (k *kitchen) orderLast(dish string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	defer k.server(dish)() // want `k.mu is locked again by kitchen.served, held since returned.go:50`
	k.orders[dish]++
}

func (k *kitchen) begin(dish string) (cook, clean func()) {
	cook = func() { k.orders[dish]++ }
	clean = func() { k.served(dish) }
	return cook, clean
}

// The one that locks.
func (k *kitchen) whole(dish string) {
	cook, clean := k.begin(dish)
	k.mu.Lock()
	defer k.mu.Unlock()
	cook()
	clean() // want `k.mu is locked again by kitchen.served, held since returned.go:65`
}

// The other one under the lock, this one after it.
func (k *kitchen) half(dish string) {
	cook, clean := k.begin(dish)
	k.mu.Lock()
	cook()
	k.mu.Unlock()
	clean()
}

// Of another object.
func (k *kitchen) swap(other *kitchen, dish string) {
	serve := other.server(dish)
	k.mu.Lock()
	defer k.mu.Unlock()
	serve()
}

// Another goroutine waits for the lock.
func (k *kitchen) waiter(dish string) func() {
	return func() { go k.served(dish) }
}

func (k *kitchen) orderWaiter(dish string) {
	wait := k.waiter(dish)
	k.mu.Lock()
	defer k.mu.Unlock()
	wait()
}

// The one that it is about is another one by the time it runs.
func (k *kitchen) rounds() func() {
	at := k.next
	return func() {
		at.mu.Lock()
		next := at.next
		at.mu.Unlock()
		at = next
	}
}

func (k *kitchen) round() {
	step := k.rounds()
	k.mu.Lock()
	defer k.mu.Unlock()
	step()
}

// What it returns gives the lock back.
func (k *kitchen) leave() func() {
	return func() { k.mu.Unlock() }
}

func (k *kitchen) enter(dish string) int {
	k.mu.Lock()
	defer k.leave()()
	return k.orders[dish]
}

func (k *kitchen) enterTwice(dish string) int {
	leave := k.leave()
	k.mu.Lock()
	n := k.orders[dish]
	leave()
	k.served(dish)
	return n
}

// Locked or not as the caller wants it.
func (k *kitchen) reader(locked bool) func(string) int {
	return func(dish string) int {
		if !locked {
			k.mu.Lock()
			defer k.mu.Unlock()
		}
		return k.orders[dish]
	}
}

func (k *kitchen) read(dish string) int {
	read := k.reader(true)
	k.mu.Lock()
	defer k.mu.Unlock()
	return read(dish)
}

// One or the other, that is not known.
func (k *kitchen) any(dish string, now bool) func() {
	if now {
		return func() { k.served(dish) }
	}
	return func() {}
}

func (k *kitchen) orderAny(dish string) {
	serve := k.any(dish, false)
	k.mu.Lock()
	defer k.mu.Unlock()
	serve()
}
