package donepath

import (
	"fmt"
	"sync"
	"sync/atomic"
)

// Command is an entry of a log.
type Command struct {
	Kind byte
	Key  string
}

// Replay applies the commands to a store, different keys at the same time.
func Replay(log []Command, set, del func(key string)) error {
	var unknown atomic.Int64
	var wg sync.WaitGroup
	wg.Add(len(log))
	for _, c := range log {
		go func() {
			switch c.Kind {
			case 's':
				set(c.Key)
				wg.Done()
			case 'd':
				del(c.Key)
				wg.Done()
			default:
				unknown.Add(1)
			}
		}()
	}
	wg.Wait() // want "wg.Wait blocks for ever"
	if n := unknown.Load(); n > 0 {
		return fmt.Errorf("%d unknown commands", n)
	}
	return nil
}

// ReplayFixed applies the commands to a store, different keys at the same time.
func ReplayFixed(log []Command, set, del func(key string)) error {
	var unknown atomic.Int64
	var wg sync.WaitGroup
	wg.Add(len(log))
	for _, c := range log {
		go func() {
			switch c.Kind {
			case 's':
				set(c.Key)
				wg.Done()
			case 'd':
				del(c.Key)
				wg.Done()
			default:
				unknown.Add(1)
				wg.Done()
			}
		}()
	}
	wg.Wait()
	if n := unknown.Load(); n > 0 {
		return fmt.Errorf("%d unknown commands", n)
	}
	return nil
}
