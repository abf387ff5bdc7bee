package nilchan

import "time"

// Sleepers calls the functions after a while, unless stop is closed before.
func Sleepers(d time.Duration, stop <-chan struct{}, fns ...func()) {
	for _, f := range fns {
		t := time.AfterFunc(d, func() {})
		go func() {
			<-t.C // want "receive from t.C blocks for ever"
			select {
			case <-stop:
			default:
				f()
			}
		}()
	}
}

// SleepersFixed calls the functions after a while, unless stop is closed before.
func SleepersFixed(d time.Duration, stop <-chan struct{}, fns ...func()) {
	for _, f := range fns {
		t := time.NewTimer(d)
		go func() {
			<-t.C
			select {
			case <-stop:
			default:
				f()
			}
		}()
	}
}
