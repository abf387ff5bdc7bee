package waitgroup

import "sync"

func closerFirst(jobs []int) <-chan int {
	var wg sync.WaitGroup
	out := make(chan int, len(jobs))
	go func() {
		wg.Wait()
		close(out)
	}()
	for _, job := range jobs {
		wg.Add(1) // want `wg.Add after the start of a goroutine that waits: wg.Wait at line 9 may return before; start that goroutine last`
		go func() {
			defer wg.Done()
			work(job)
		}()
	}
	return out
}

func closerFirstGo(jobs []int) <-chan int {
	var wg sync.WaitGroup
	done := make(chan int)
	go func() {
		defer close(done)
		wg.Wait()
	}()
	for _, job := range jobs {
		wg.Go(func() { work(job) }) // want `wg.Go after the start of a goroutine that waits: wg.Wait at line 27 may return before`
	}
	return done
}

// pipes has two readers, and what comes when both have ended.
type pipes struct {
	all  sync.WaitGroup
	read sync.WaitGroup
}

func (p *pipes) start(errors, output func()) {
	p.all.Add(1)
	p.read.Add(1)
	go p.reader(errors)
	p.all.Add(1)
	go func() {
		defer p.all.Done()
		p.read.Wait()
		work(0)
	}()
	lines := make(chan int)
	p.all.Add(1)
	p.read.Add(1) // want `p.read.Add after the start of a goroutine that waits: p.read.Wait at line 48 may return before`
	go func() {
		defer p.all.Done()
		defer p.read.Done()
		defer close(lines)
		output()
	}()
	go func() {
		for range lines {
		}
	}()
}

func (p *pipes) reader(read func()) {
	defer p.all.Done()
	defer p.read.Done()
	read()
}

func (p *pipes) wait() { p.all.Wait() }

// The closer comes last.
func closerLast(jobs []int) <-chan int {
	var wg sync.WaitGroup
	out := make(chan int, len(jobs))
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(job)
		}()
	}
	go func() {
		wg.Wait()
		close(out)
	}()
	return out
}

// The function counts itself until it has counted all.
func countsItselfToo(jobs []int) <-chan int {
	var wg sync.WaitGroup
	out := make(chan int, len(jobs))
	wg.Add(1)
	go func() {
		wg.Wait()
		close(out)
	}()
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(job)
		}()
	}
	wg.Done()
	return out
}

// The closer waits until it is told.
func closerIsTold(jobs []int) <-chan int {
	var wg sync.WaitGroup
	out := make(chan int, len(jobs))
	all := make(chan struct{})
	go func() {
		<-all
		wg.Wait()
		close(out)
	}()
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(job)
		}()
	}
	close(all)
	return out
}

// The closer takes what comes first.
func closerServes(jobs []int, accept func() int) <-chan int {
	var wg sync.WaitGroup
	out := make(chan int, len(jobs))
	go func() {
		for range jobs {
			out <- accept()
		}
		wg.Wait()
		close(out)
	}()
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(job)
		}()
	}
	return out
}

// What was counted first ends when what is counted later is there.
func firstEndsLast() {
	var wg sync.WaitGroup
	in := make(chan int)
	wg.Add(1)
	go func() {
		defer wg.Done()
		for n := range in {
			work(n)
		}
	}()
	done := make(chan struct{})
	go func() {
		wg.Wait()
		close(done)
	}()
	wg.Add(1)
	go func() {
		defer wg.Done()
		in <- 1
		close(in)
	}()
	<-done
}

// The next round begins when all has come to an end.
func rounds(jobs []int) {
	var wg sync.WaitGroup
	for range 2 {
		ended := make(chan struct{})
		wg.Add(1)
		go func() {
			defer wg.Done()
			work(len(jobs))
		}()
		go func() {
			wg.Wait()
			close(ended)
		}()
		<-ended
		wg.Add(1)
		go wg.Done()
		wg.Wait()
	}
}

// Whoever has made it holds a count.
type held struct{ wg sync.WaitGroup }

func newHeld() *held {
	h := &held{}
	h.wg.Add(1)
	return h
}

func (h *held) start(job int) {
	go func() {
		h.wg.Wait()
		work(job)
	}()
	h.wg.Add(1)
	go func() {
		defer h.wg.Done()
		work(job)
	}()
}

func (h *held) release() { h.wg.Done() }
