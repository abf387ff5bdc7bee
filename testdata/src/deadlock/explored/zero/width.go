package zero

import "sync"

var (
	widthMu sync.Mutex
	width   = 4
)

// SetWidth sets how many run side by side.
func SetWidth(n int) {
	if n < 0 {
		n = 0
	}
	widthMu.Lock()
	defer widthMu.Unlock()
	width = n
}

func sideBySide() int {
	widthMu.Lock()
	defer widthMu.Unlock()
	return width
}

// Side runs the jobs side by side.
func Side(jobs []func()) {
	slots := make(chan struct{}, sideBySide())
	var wg sync.WaitGroup
	for _, job := range jobs {
		slots <- struct{}{} // want "send on slots blocks for ever"
		wg.Go(func() {
			defer func() { <-slots }()
			job()
		})
	}
	wg.Wait()
}

var widthFixed = 4

// SetWidthFixed sets how many run side by side.
func SetWidthFixed(n int) {
	if n < 1 {
		n = 1
	}
	widthMu.Lock()
	defer widthMu.Unlock()
	widthFixed = n
}

func sideBySideFixed() int {
	widthMu.Lock()
	defer widthMu.Unlock()
	return widthFixed
}

// SideFixed runs the jobs side by side.
func SideFixed(jobs []func()) {
	slots := make(chan struct{}, sideBySideFixed())
	var wg sync.WaitGroup
	for _, job := range jobs {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			job()
		})
	}
	wg.Wait()
}
