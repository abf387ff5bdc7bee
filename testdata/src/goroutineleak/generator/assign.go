package generator

// sequence yields numbers without end.
func sequence[N ~int | ~int64](from N) <-chan N {
	out := make(chan N)
	go func() {
		for n := from; ; n++ {
			out <- n // want "send on out blocks for ever"
		}
	}()
	return out
}

// Assign gives each name a number that is not taken.
func Assign(names []string, taken map[int]bool) map[string]int {
	ids := sequence(1)
	out := make(map[string]int, len(names))
	for _, name := range names {
		for id := range ids {
			if !taken[id] {
				out[name] = id
				break
			}
		}
	}
	return out
}

// sequenceFixed yields numbers without end.
func sequenceFixed[N ~int | ~int64](from N, stop <-chan struct{}) <-chan N {
	out := make(chan N)
	go func() {
		for n := from; ; n++ {
			select {
			case out <- n:
			case <-stop:
				return
			}
		}
	}()
	return out
}

// AssignFixed gives each name a number that is not taken.
func AssignFixed(names []string, taken map[int]bool) map[string]int {
	stop := make(chan struct{})
	defer close(stop)
	ids := sequenceFixed(1, stop)
	out := make(map[string]int, len(names))
	for _, name := range names {
		for id := range ids {
			if !taken[id] {
				out[name] = id
				break
			}
		}
	}
	return out
}
