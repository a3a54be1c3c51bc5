exports.handler = async () => ({
    statusCode: 200,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ id: "constant", title: "Twenty thousand leagues", price: 12.5 }),
});
