package owner

import "time"

// Gather asks all sources and returns what they answer in time.
func Gather(sources []func() string, limit time.Duration) []string {
	answers := make(chan string, len(sources))
	defer close(answers)
	for _, src := range sources {
		go func() {
			answers <- src() // want "send on closed channel answers"
		}()
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	var all []string
	for range sources {
		select {
		case a := <-answers:
			all = append(all, a)
		case <-timer.C:
			return all
		}
	}
	return all
}

// GatherFixed asks all sources and returns what they answer in time.
func GatherFixed(sources []func() string, limit time.Duration) []string {
	answers := make(chan string, len(sources))
	for _, src := range sources {
		go func() {
			answers <- src()
		}()
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	var all []string
	for range sources {
		select {
		case a := <-answers:
			all = append(all, a)
		case <-timer.C:
			return all
		}
	}
	return all
}
