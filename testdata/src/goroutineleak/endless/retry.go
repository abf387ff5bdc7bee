package endless

import "time"

// Retry sends what could not be delivered again and again, until the queue is
// closed.
func Retry(queue <-chan string, deliver func(string) error, pause time.Duration) {
	go func() {
		var failed []string
		retry := time.NewTicker(pause)
		defer retry.Stop()
		for { // missed "loop never ends"
			select {
			case msg, ok := <-queue:
				if !ok {
					break
				}
				if deliver(msg) != nil {
					failed = append(failed, msg)
				}
			case <-retry.C:
				still := failed[:0]
				for _, msg := range failed {
					if deliver(msg) != nil {
						still = append(still, msg)
					}
				}
				failed = still
			}
		}
	}()
}

// RetryFixed sends what could not be delivered again and again, until the queue is
// closed.
func RetryFixed(queue <-chan string, deliver func(string) error, pause time.Duration) {
	go func() {
		var failed []string
		retry := time.NewTicker(pause)
		defer retry.Stop()
	loop:
		for {
			select {
			case msg, ok := <-queue:
				if !ok {
					break loop
				}
				if deliver(msg) != nil {
					failed = append(failed, msg)
				}
			case <-retry.C:
				still := failed[:0]
				for _, msg := range failed {
					if deliver(msg) != nil {
						still = append(still, msg)
					}
				}
				failed = still
			}
		}
	}()
}
