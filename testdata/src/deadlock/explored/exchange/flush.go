package exchange

// Flush passes on what is in the queue, and then what comes until it is idle.
func Flush(queue chan string, handle func(string)) (n int) {
	if queue == nil {
		return 0
	}
	pending := make(chan string, 2)
	for {
		select {
		case s := <-queue:
			pending <- s // want "send on pending blocks for ever"
			continue
		default:
		}
		if len(pending) == 0 {
			return n
		}
		for len(pending) > 0 {
			handle(<-pending)
			n++
		}
	}
}

// FlushFixed passes on what is in the queue, and then what comes until it is idle.
func FlushFixed(queue chan string, handle func(string)) (n int) {
	if queue == nil {
		return 0
	}
	pending := make(chan string, 2)
	for {
		select {
		case s := <-queue:
			pending <- s
			if len(pending) < cap(pending) {
				continue
			}
		default:
		}
		if len(pending) == 0 {
			return n
		}
		for len(pending) > 0 {
			handle(<-pending)
			n++
		}
	}
}
