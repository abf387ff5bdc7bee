package zero

import "sync"

// Window passes the chunks on to send, which may run as often at the same time
// as bytes allows.
func Window(chunks [][]byte, bytes int, send func([]byte)) {
	size := 1
	for _, c := range chunks {
		size = max(size, len(c))
	}
	free := make(chan []byte, bytes/size)
	for range bytes / size {
		free <- make([]byte, 0, size)
	}
	var wg sync.WaitGroup
	for _, c := range chunks {
		buf := <-free // want "receive from free blocks for ever"
		wg.Go(func() {
			send(append(buf, c...))
			free <- buf[:0]
		})
	}
	wg.Wait()
}

// WindowFixed passes the chunks on to send, which may run as often at the same time
// as bytes allows.
func WindowFixed(chunks [][]byte, bytes int, send func([]byte)) {
	size := 1
	for _, c := range chunks {
		size = max(size, len(c))
	}
	free := make(chan []byte, bytes/size)
	for range cap(free) {
		free <- make([]byte, 0, size)
	}
	if cap(free) == 0 {
		for _, c := range chunks {
			send(c)
		}
		return
	}
	var wg sync.WaitGroup
	for _, c := range chunks {
		buf := <-free
		wg.Go(func() {
			send(append(buf, c...))
			free <- buf[:0]
		})
	}
	wg.Wait()
}
