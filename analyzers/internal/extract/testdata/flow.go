package p

import "time"

// Loop has a label, a goto, a default case and a nil channel.
func Loop(in <-chan int, limit int) (sum int) {
	out := make(chan int)
	stop := make(chan struct{})
	go func() {
		for v := range out {
			sum += v
		}
		close(stop)
	}()
	var timer <-chan time.Time
	n := 0
again:
	for {
		select {
		case v, ok := <-in:
			if !ok {
				break again
			}
			out <- v
		case <-timer:
			goto end
		default:
			n++
			if n > limit {
				timer = time.After(time.Second)
			}
		}
	}
end:
	close(out)
	<-stop
	return sum
}

// Ranges goes over all that can be ranged over.
func Ranges(chans [3]chan int, byName map[string]chan int, seq func(yield func(int) bool), text string) {
	done := make(chan bool, 4)
	for i := range 2 {
		go func() { done <- i == 0 }()
	}
	for _, c := range chans {
		c <- 1
	}
	for name, c := range byName {
		if name != "" {
			close(c)
		}
	}
	for v := range seq {
		if v > 3 {
			break
		}
		done <- true
	}
	for range text {
		<-done
	}
	for {
	}
}

// Quiet is a loop of which nothing is left.
func Quiet(numbers []int, c chan int) int {
	go func() { c <- 1 }()
	best := 0
	for _, n := range numbers {
		if n > best {
			best = n
		}
	}
	return best
}
