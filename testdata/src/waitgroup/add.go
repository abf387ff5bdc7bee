// Package waitgroup counts goroutines at the wrong place, or twice.
package waitgroup

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"
)

func work(int) {}

func literal(jobs []int) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			// want +1 `wg.Add in the goroutine that it counts: wg.Wait may return before the goroutine gets here; call Add before the goroutine starts`
			wg.Add(1)
			defer wg.Done()
			work(job)
		}()
	}
	wg.Wait()
}

func afterDefer(jobs []int) {
	wg := new(sync.WaitGroup)
	for _, job := range jobs {
		go func(job int) {
			defer wg.Done()
			wg.Add(1) // want `wg.Add in the goroutine that it counts`
			work(job)
		}(job)
	}
	wg.Wait()
}

func laterStatement(jobs []int) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			if job < 0 {
				return
			}
			fmt.Println("job", job)
			wg.Add(1) // want `wg.Add in the goroutine that it counts`
			work(job)
			wg.Done()
		}()
	}
	wg.Wait()
}

func deferredLiteral(jobs []int) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			wg.Add(1) // want `wg.Add in the goroutine that it counts`
			defer func() {
				if r := recover(); r != nil {
					fmt.Println(r)
				}
				wg.Done()
			}()
			work(job)
		}()
	}
	wg.Wait()
}

func parameter(jobs []int) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func(group *sync.WaitGroup, job int) {
			group.Add(1) // want `group.Add in the goroutine that it counts`
			defer group.Done()
			work(job)
		}(&wg, job)
	}
	wg.Wait()
}

func variable(jobs []int) {
	var wg sync.WaitGroup
	run := func() {
		fmt.Println("start")
		wg.Add(1) // want `wg.Add in the goroutine that it counts`
		defer wg.Done()
	}
	for range jobs {
		go run()
	}
	wg.Wait()
}

func retry(f func()) { f() }

func argument() {
	var wg sync.WaitGroup
	go retry(func() {
		wg.Add(1) // want `wg.Add in the goroutine that it counts`
		defer wg.Done()
	})
	wg.Wait()
}

// Functions and methods of the package.

func download(wg *sync.WaitGroup, url string) {
	wg.Add(1) // want `wg.Add in the goroutine that it counts`
	defer wg.Done()
	fmt.Println(url)
}

func downloadAll(urls []string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		go download(&wg, url)
	}
	wg.Wait()
}

type uploader struct {
	wg   sync.WaitGroup
	done chan struct{}
}

func newUploader() *uploader {
	u := &uploader{done: make(chan struct{})}
	go u.loop()
	return u
}

func (u *uploader) loop() {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()

	u.wg.Add(1) // want `u.wg.Add in the goroutine that it counts: u.wg.Wait may return`
	defer u.wg.Done()
	for {
		select {
		case <-tick.C:
		case <-u.done:
			return
		}
	}
}

func (u *uploader) stop() {
	close(u.done)
	u.wg.Wait()
}

// The WaitGroup is embedded, the methods are called by a literal.

type server struct {
	sync.WaitGroup
	listener net.Listener
}

func (s *server) serve() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		go func() {
			s.begin()
			defer s.end()
			conn.Close()
		}()
	}
}

func (s *server) begin() { s.Add(1) } // want `s.Add in the goroutine that it counts`
func (s *server) end()   { s.WaitGroup.Done() }

func (s *server) shutdown() {
	s.listener.Close()
	s.Wait()
}

type each[T any] struct{ wg sync.WaitGroup }

func (e *each[T]) run(items []T, f func(T)) {
	for _, item := range items {
		go e.one(item, f)
	}
	e.wg.Wait()
}

func (e *each[T]) one(item T, f func(T)) {
	defer e.wg.Done()
	e.wg.Add(1) // want `e.wg.Add in the goroutine that it counts`
	f(item)
}

// Nothing counts the goroutine that counts the others.

func dispatcher(jobs []int) {
	var wg sync.WaitGroup
	go func() {
		for _, job := range jobs {
			wg.Add(1) // want `wg.Add in a goroutine that nothing counts: wg.Wait at line \d+ may return before; count the goroutine before it starts`
			go func() {
				defer wg.Done()
				work(job)
			}()
		}
	}()
	wg.Wait()
}

func secondGroup(ctx context.Context, jobs []int) {
	var all, slow sync.WaitGroup
	for _, job := range jobs {
		all.Go(func() {
			slow.Add(1) // want `slow.Add in the goroutine that it counts`
			defer slow.Done()
			work(job)
		})
	}
	slow.Wait()
	all.Wait()
}

// The other group is waited for too late.

func lineUpLater() {
	var wg, over sync.WaitGroup
	over.Add(1)
	go func() {
		wg.Add(1) // want `wg.Add in the goroutine that it counts`
		defer wg.Done()
		over.Done()
		work(1)
	}()
	wg.Wait()
}
