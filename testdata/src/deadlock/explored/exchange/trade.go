package exchange

// Goods are what traders exchange.
type Goods map[string]int

// Trade lets two traders exchange offers and returns what each of them got.
func Trade(a, b func() Goods) (Goods, Goods) {
	left, right := make(chan Goods), make(chan Goods)
	got := make(chan Goods, 1)
	go func() {
		right <- b() // also goroutineleak "send on right blocks for ever"
		got <- <-left
	}()
	left <- a() // missed "send on left blocks for ever"
	x := <-right
	return x, <-got
}

// TradeFixed lets two traders exchange offers and returns what each of them got.
func TradeFixed(a, b func() Goods) (Goods, Goods) {
	left, right := make(chan Goods), make(chan Goods)
	got := make(chan Goods, 1)
	go func() {
		right <- b()
		got <- <-left
	}()
	x := <-right
	left <- a()
	return x, <-got
}
