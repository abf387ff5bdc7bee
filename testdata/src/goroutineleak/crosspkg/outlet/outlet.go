// Package outlet hands out channels that others have made.
package outlet

// Outlet is where words come out.
type Outlet struct {
	words chan string
	quit  chan struct{}
}

// New starts an outlet, which must be closed.
func New(words []string) *Outlet {
	o := &Outlet{words: make(chan string), quit: make(chan struct{})}
	go o.run(words)
	return o
}

func (o *Outlet) run(words []string) {
	defer close(o.words)
	for _, w := range words {
		select {
		case o.words <- w:
		case <-o.quit:
			return
		}
	}
}

// Words is the channel on which the words come.
func (o *Outlet) Words() <-chan string { return o.words }

// Quit is the channel that ends the outlet when it is closed.
func (o *Outlet) Quit() chan<- struct{} { return o.quit }

// ReadOnly is c for those who read.
func ReadOnly(c chan string) <-chan string { return c }

// Box holds a channel.
type Box struct{ C chan string }

// In puts a channel into a box.
func In(c chan string) Box { return Box{c} }

// List holds channels.
type List struct{ all []chan string }

// Add adds a channel to the list.
func (l *List) Add(c chan string) { l.all = append(l.all, c) }

// First is the first channel of the list.
func (l *List) First() chan string { return l.all[0] }

// Same returns its argument.
func Same[T any](v T) T { return v }
