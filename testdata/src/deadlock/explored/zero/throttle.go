package zero

import "sync"

// Host answers requests.
type Host struct {
	Name    string
	Up      bool
	Request func() (string, error)
}

// Throttle asks the hosts, never more than half of them at a time.
func Throttle(hosts []Host) map[string]string {
	slots := make(chan struct{}, len(hosts)/2)
	var (
		mu      sync.Mutex
		answers = make(map[string]string)
		wg      sync.WaitGroup
	)
	for _, h := range hosts {
		slots <- struct{}{} // want "send on slots blocks for ever"
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-slots }()
			a, err := h.Request()
			if err != nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			answers[h.Name] = a
		}()
	}
	wg.Wait()
	return answers
}

// ThrottleFixed asks the hosts, never more than half of them at a time.
func ThrottleFixed(hosts []Host) map[string]string {
	slots := make(chan struct{}, max(1, len(hosts)/2))
	var (
		mu      sync.Mutex
		answers = make(map[string]string)
		wg      sync.WaitGroup
	)
	for _, h := range hosts {
		slots <- struct{}{}
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-slots }()
			a, err := h.Request()
			if err != nil {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			answers[h.Name] = a
		}()
	}
	wg.Wait()
	return answers
}
