package callback

import "sync"

// Keys returns some of the keys of a map, max of them at most.
func Keys(m *sync.Map, max int) []string {
	keys := make(chan string)
	go func() {
		defer close(keys)
		m.Range(func(k, _ any) bool {
			s, ok := k.(string)
			if ok {
				keys <- s // want "send on keys blocks for ever"
			}
			return true
		})
	}()
	var out []string
	for k := range keys {
		out = append(out, k)
		if len(out) == max {
			break
		}
	}
	return out
}

// KeysFixed returns some of the keys of a map, max of them at most.
func KeysFixed(m *sync.Map, max int) []string {
	keys := make(chan string, max)
	go func() {
		defer close(keys)
		m.Range(func(k, _ any) bool {
			s, ok := k.(string)
			if ok {
				select {
				case keys <- s:
				default:
					return false
				}
			}
			return true
		})
	}()
	var out []string
	for k := range keys {
		out = append(out, k)
		if len(out) == max {
			break
		}
	}
	return out
}
