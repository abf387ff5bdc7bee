package once

import (
	"sync"
	"time"
)

var (
	nowOnce sync.Once // for keepNow
	now     time.Time
)

// Now is the time, kept by a goroutine that the first caller starts.
func Now() time.Time {
	nowOnce.Do(keepNow)
	return now
}

func keepNow() {
	now = time.Now()
	go func() {
		for t := range time.Tick(time.Second) {
			now = t
		}
	}()
}

// Keeper starts one for each object.
type Keeper struct{ once sync.Once }

func (k *Keeper) Keep() { k.once.Do(keep) }

func keep() {
	go func() {
		for range time.Tick(time.Second) {
			now = time.Now()
		}
	}()
}
