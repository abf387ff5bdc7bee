package onesignal

// fleet is a group of ships that wait for orders.
type fleet struct {
	orders chan string
	recall chan struct{}
	home   chan int
	size   int
}

// newFleet sends out ships.
func newFleet(size int, obey func(ship int, order string)) *fleet {
	f := &fleet{
		orders: make(chan string),
		recall: make(chan struct{}),
		home:   make(chan int, size),
		size:   size,
	}
	for ship := range size {
		go f.sail(ship, obey)
	}
	return f
}

func (f *fleet) sail(ship int, obey func(int, string)) {
	for {
		select { // want "select blocks for ever"
		case o := <-f.orders:
			obey(ship, o)
		case <-f.recall:
			f.home <- ship
			return
		}
	}
}

// Explore runs a fleet until the orders are used up. It returns the ship that
// came home first.
func Explore(orders []string, obey func(ship int, order string)) int {
	f := newFleet(3, obey)
	for _, o := range orders {
		f.orders <- o
	}
	f.recall <- struct{}{}
	return <-f.home
}

// fleetFixed is a group of ships that wait for orders.
type fleetFixed struct {
	orders chan string
	recall chan struct{}
	home   chan int
	size   int
}

// newFleetFixed sends out ships.
func newFleetFixed(size int, obey func(ship int, order string)) *fleetFixed {
	f := &fleetFixed{
		orders: make(chan string),
		recall: make(chan struct{}),
		home:   make(chan int, size),
		size:   size,
	}
	for ship := range size {
		go f.sail(ship, obey)
	}
	return f
}

func (f *fleetFixed) sail(ship int, obey func(int, string)) {
	for {
		select {
		case o := <-f.orders:
			obey(ship, o)
		case <-f.recall:
			f.home <- ship
			return
		}
	}
}

// ExploreFixed runs a fleetFixed until the orders are used up. It returns the ship that
// came home first.
func ExploreFixed(orders []string, obey func(ship int, order string)) int {
	f := newFleetFixed(3, obey)
	for _, o := range orders {
		f.orders <- o
	}
	close(f.recall)
	return <-f.home
}
