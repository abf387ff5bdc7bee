package keyed

// Release has workers wait for their turn and gives it to all of them, each of
// which is forgotten then.
func Release(work func(int)) {
	turns := map[int]chan struct{}{}
	done := make(chan int)
	for i := range 3 {
		turn := make(chan struct{})
		turns[i] = turn
		go func() {
			<-turn
			work(i)
			done <- i
		}()
	}
	for i, turn := range turns {
		close(turn)
		delete(turns, i)
	}
	for range 3 {
		<-done
	}
}

type ticket struct {
	number int
	seat   chan bool
}

// Seats forgets a ticket before it goes through the others.
func Seats(lucky func(int) bool) (n int) {
	tickets := map[string]ticket{}
	for i, name := range []string{"a", "b", "c"} {
		t := ticket{i, make(chan bool)}
		tickets[name] = t
		if name != "a" {
			go func() { t.seat <- lucky(t.number) }()
		}
	}
	delete(tickets, "a")
	for _, t := range tickets {
		if <-t.seat {
			n++
		}
	}
	return n
}
